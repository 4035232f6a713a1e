import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

const net = (adding: string) => `
from torch import nn

class Wide(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(n, 4 * n)
        self.down = nn.Linear(4 * n, n)

    def forward(self, x):
        return x + self.down(self.up(x).relu())

class Plain(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.mix = nn.Linear(n, n)

    def forward(self, x):
        return x + self.mix(x)

class Net(nn.Module):
    def __init__(self, n, count, first, period):
        super().__init__()
        self.a = nn.Linear(16, n)
        blocks = []
        for at in range(count):
            is_wide = True if (at - first) % period == 0 else False
${adding.replace(/^/gm, '            ')}
        self.blocks = nn.ModuleList(blocks)
        self.c = nn.Linear(n, 4)

    def forward(self, x):
        x = self.a(x)
        for block in self.blocks:
            x = block(x)
        return self.c(x)
`;

const rows = (adding: string) =>
  onlyModel(net(adding))
    .weights.filter(({ name }) => name.endsWith('weight'))
    .map(({ name, role, b, mayBeOff }) => `${name} ${role} ${b} ${mayBeOff !== null}`);

const BOTH = [
  'a.weight input 0 false',
  'blocks.*.up.weight hidden 0.5 true',
  'blocks.*.down.weight hidden 0.5 true',
  'blocks.*.mix.weight hidden 0.5 true',
  'c.weight output 0.5 false',
];

test('each block may be of either class where the place in depth decides which of the two is added', () => {
  expect(rows('blocks.append(Wide(n) if is_wide else Plain(n))')).toEqual(BOTH);
  expect(rows('if is_wide:\n    blocks.append(Wide(n))\nelse:\n    blocks.append(Plain(n))')).toEqual(BOTH);
});

test('one that only a condition adds may be off, and the one that all rounds add is there', () => {
  expect(rows('blocks.append(Plain(n))\nif is_wide:\n    blocks.append(Wide(n))')).toEqual([
    'a.weight input 0 false',
    'blocks.*.mix.weight hidden 0.5 false',
    'blocks.*.up.weight hidden 0.5 true',
    'blocks.*.down.weight hidden 0.5 true',
    'c.weight output 0.5 false',
  ]);
});
