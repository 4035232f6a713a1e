import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A model in μP, but for what a loop makes of its features. */
const regimeOf = (loop: string) =>
  onlyModel(`import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, width, steps):
        super().__init__()
        self.first = nn.Linear(8, width, bias=False)
        self.mid = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, 4, bias=False)
        self.steps = steps
        nn.init.zeros_(self.out.weight)
    def forward(self, x):
        y = torch.relu(self.mid(torch.relu(self.first(x))))
        h = y
        ${loop.replaceAll('\n', '\n        ')}
        return self.out(h)
def train(width):
    net = Net(width, 5)
    return torch.optim.Adam([{'params': net.first.weight, 'lr': 1e-3}, {'params': [net.mid.weight, net.out.weight], 'lr': 1 / width}])
`).verdict?.regime ?? null;

test('what a loop adds up by the width may grow with it', () => {
  expect(regimeOf('for _ in range(h.shape[-1] // 64): h = h + y')).toBeNull();
  expect(regimeOf('for _ in range(0, self.mid.in_features, 64): h = h * 1.5')).toBeNull();
  expect(regimeOf('at = 0\nwhile at < h.shape[-1]:\n    h = h + y\n    at += 64')).toBeNull();
});

test('rounds that the width does not count leave features as large at every width', () => {
  expect(regimeOf('for _ in range(self.steps): h = h + torch.relu(h)')).toBe('feature-learning');
  expect(regimeOf('for _ in range(x.shape[-1]): h = h * 1.1')).toBe('feature-learning');
  expect(regimeOf('at = 0\nwhile at < self.steps:\n    h = h + y\n    at += 1')).toBe('feature-learning');
});

test('what each round makes anew of what was there before does not add up', () => {
  expect(regimeOf('for _ in range(h.shape[-1] // 64): h = torch.relu(y)')).toBe('feature-learning');
});

test('a loop that is left as the width says may go round more often with it', () => {
  const count = 'at = 0\nwhile True:\n    if at >= h.shape[-1] // 64: break\n    h = h + y\n    at += 1';
  expect(regimeOf(count)).toBeNull();
  expect(regimeOf(count.replace('h.shape[-1] // 64', 'self.steps'))).toBe('feature-learning');
  expect(regimeOf(count.replace('if at', 'done = at').replace(': break', '\n    if done: break'))).toBeNull();
  expect(regimeOf(count.replace('break', 'return self.out(h)'))).toBeNull();
  expect(regimeOf('for at in range(999):\n    if at * 64 > h.shape[-1]: break\n    h = h + y')).toBeNull();
  expect(regimeOf('for at in range(9):\n    if at > self.steps: break\n    h = h + y')).toBe(
    'feature-learning',
  );
});

test('going through the rows of a matrix goes round as often as it is wide', () => {
  expect(regimeOf('for row in self.mid.weight: h = h + 0.1')).toBeNull();
  expect(regimeOf('for at, row in enumerate(self.mid.weight): h = h + y')).toBeNull();
  expect(regimeOf('for row in self.mid.weight: h = torch.relu(y)')).toBe('feature-learning');
  expect(regimeOf('for one in self.parameters(): h = h + 0.1')).toBe('feature-learning');
});

test('going through the slices of a matrix or of features goes round as often as there are slices', () => {
  expect(regimeOf('for column in self.mid.weight.unbind(1): h = h + y')).toBeNull();
  expect(regimeOf('for column in self.mid.weight.T: h = h + y')).toBeNull();
  expect(regimeOf('for row in self.mid.weight.split(1): h = h + y')).toBeNull();
  expect(regimeOf('for one in y.unbind(-1): h = h + y')).toBeNull();
  expect(regimeOf('for few in y.split(4, dim=-1): h = h + y')).toBeNull();
  expect(regimeOf('for part in self.mid.weight.chunk(4): h = h + y')).toBe('feature-learning');
  expect(regimeOf('for part in y.chunk(4, dim=-1): h = h + y')).toBe('feature-learning');
  expect(regimeOf('for one in x.unbind(0): h = h + y')).toBe('feature-learning');
});

test('what each round adds to a list of what it has is as many times as large', () => {
  const grows = 'hs = [h]\nfor _ in range(h.shape[-1] // 64): hs.append(hs[-1] * 1.5)\nh = hs[-1]';
  expect(regimeOf(grows)).toBeNull();
  expect(regimeOf(grows.replace('h.shape[-1] // 64', 'self.steps'))).toBe('feature-learning');
});
