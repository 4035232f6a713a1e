import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** Exponents of the starts and rates of the matrices of a network that is made with a table from outside. */
const exponentsOf = (start: string, group = `{'params': [p], 'lr': 1e-3} for p in net.parameters()`) =>
  onlyModel(`import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width, bias=False)
        self.mid = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, 4, bias=False)
    def forward(self, x):
        return self.out(self.mid(self.first(x).relu()).relu())
def train(given, width):
    net = Net(width)
    ${start}
    return torch.optim.Adam([${group}])
`).weights.map(({ b, c }) => [b, c]);

test.each([
  'for i, p in enumerate(net.parameters()): nn.init.normal_(p, std=given[i])',
  'for p in net.parameters(): nn.init.normal_(p, std=given[p.ndim])',
  'for p in net.parameters(): nn.init.normal_(p, std=2 * given[len(p.shape)] / width ** 0.5)',
  'for p, one in zip(net.parameters(), given): nn.init.normal_(p, std=one)',
])('what a table from outside has for each weight is no known start: %s', (start) => {
  expect(exponentsOf(start).map(([b]) => b)).toEqual([null, null, null]);
});

test.each([
  `{'params': [p], 'lr': given[i]} for i, p in enumerate(net.parameters())`,
  `{'params': [p], 'lr': given[p.ndim]} for p in net.parameters()`,
  `{'params': [p], 'lr': one} for p, one in zip(net.parameters(), given)`,
])('and no known rate: [%s]', (group) => {
  expect(exponentsOf('pass', group).map(([, c]) => c)).toEqual([null, null, null]);
});

test('one number from outside is a setting', () => {
  expect(exponentsOf('for p in net.parameters(): nn.init.normal_(p, std=given)').map(([b]) => b)).toEqual([
    0, 0, 0,
  ]);
  expect(
    exponentsOf('pass', `{'params': [p], 'lr': given} for p in net.parameters()`).map(([, c]) => c),
  ).toEqual([0, 0, 0]);
});

test('a start over a size of a list of sizes goes by that size', () => {
  const [, mid] = onlyModel(`import torch.nn as nn
class Net(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(8, sizes[0])
        self.mid = nn.Linear(sizes[0], sizes[0])
        self.out = nn.Linear(sizes[0], 4)
        nn.init.normal_(self.mid.weight, std=sizes[0] ** -0.5)
    def forward(self, x):
        return self.out(self.mid(self.first(x).relu()).relu())
`).weights.filter(({ name }) => name.endsWith('.weight'));
  expect(mid?.b).toBe(0.5);
});
