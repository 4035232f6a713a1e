import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A patch of positions is mixed by a layer of its own. */
const patches = ({ cut = 'y.view(b, -1, side, n)', size = 'side' } = {}) => `
import torch
from torch import nn

class Mix(nn.Module):
    def __init__(self, n, side):
        super().__init__()
        self.n, self.side = n, side
        self.first = nn.LayerNorm(n)
        self.over = nn.Linear(${size}, ${size})
        self.second = nn.LayerNorm(n)
        self.up = nn.Linear(n, 4 * n)
        self.down = nn.Linear(4 * n, n)
    def forward(self, x):
        n, side = self.n, self.side
        b, t, _ = x.shape
        y = self.first(x)
        y = ${cut}
        y = self.over(y.transpose(2, 3)).transpose(2, 3)
        x = x + y.reshape(b, t, n)
        return x + self.down(self.up(self.second(x)).relu())

class Net(nn.Module):
    def __init__(self, n=96, side=7, classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, n, 4, stride=4)
        self.blocks = nn.Sequential(*[Mix(n, side) for _ in range(3)])
        self.norm = nn.LayerNorm(n)
        self.head = nn.Linear(n, classes)
        self.apply(self.start)
    def start(self, one):
        if isinstance(one, nn.Linear):
            nn.init.trunc_normal_(one.weight, std=0.02)
    def forward(self, x):
        x = self.stem(x).flatten(2).transpose(1, 2)
        return self.head(self.norm(self.blocks(x)).mean(1))
`;

const roleIn = (source: string, name: string) =>
  onlyModel(source).weights.find((one) => one.name === name)?.role;

test('what positions are taken apart into is as long at every width', () => {
  expect(roleIn(patches(), 'blocks.*.over.weight')).toBe('finite');
  const square = patches({ cut: 'y.view(b, -1, side * side, n)', size: 'side ** 2' });
  expect(roleIn(square, 'blocks.*.over.weight')).toBe('finite');
});

test('what features are taken apart into, too, may be longer', () => {
  const heads = patches({ cut: 'y.view(b, t, side, n // side).transpose(2, 3)', size: 'n // side' });
  expect(roleIn(heads, 'blocks.*.over.weight')).not.toBe('finite');
  const grouped = patches({ cut: 'y.view(b, -1, n // side, side * t)', size: 'n // side' });
  expect(roleIn(grouped, 'blocks.*.over.weight')).not.toBe('finite');
});

/** A gate for each channel, of those beside it. */
const gated = (near: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n=96, inner=48, classes=10):
        super().__init__()
        self.inner = inner
        self.stem = nn.Linear(16, n)
        self.mix = nn.Linear(n, n)
        self.up = nn.Conv2d(n, inner, 1)
        self.near = nn.Conv1d(1, 1, 3, padding=1)
        self.down = nn.Conv2d(inner, n, 1)
        self.head = nn.Linear(n, classes)
    def forward(self, x):
        x = self.stem(x).permute(0, 3, 1, 2)
        y = self.up(x).relu()
        gate = y.mean((2, 3)).unsqueeze(1)
        gate = ${near}.view(y.shape[0], self.inner, 1, 1)
        x = x + self.down(y * gate.sigmoid())
        return self.head(self.mix(x.mean((2, 3))))
`;

test("a convolution along features makes none of them the data's", () => {
  expect(roleIn(gated('self.near(gate)'), 'up.weight')).toBe(roleIn(gated('gate'), 'up.weight'));
});
