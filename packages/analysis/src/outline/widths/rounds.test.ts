import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** Stages twice as wide as those before, of which each has something else that its round gives a size. */
const stages = (size: string) => `
import torch
from torch import nn

class Stage(nn.Module):
    def __init__(self, n, rows, depth):
        super().__init__()
        self.rows = nn.Parameter(torch.zeros(rows))
        self.up = nn.Linear(n, 4 * n)
        self.down = nn.Linear(4 * n, n)
        self.grow = nn.Linear(n, 2 * n)
    def forward(self, x):
        return self.grow(x + self.down(torch.relu(self.up(x))))

class Net(nn.Module):
    def __init__(self, n, depths, rows):
        super().__init__()
        self.stem = nn.Linear(48, n)
        self.stages = nn.ModuleList()
        for i in range(len(depths)):
            self.stages.append(Stage(n * 2 ** i, ${size}, depths[i]))
        self.head = nn.Linear(n * 2 ** len(depths), 10)
    def forward(self, x):
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
        return self.head(x)
`;

const roles = (size: string) =>
  onlyModel(stages(size))
    .weights.filter(({ name }) => /^stages.*up\.weight$/.test(name))
    .map(({ role }) => role);

test('which round a stage is of is no possible width', () => {
  expect(new Set(roles('rows // 2 ** i'))).toEqual(new Set(['hidden']));
  expect(new Set(roles('7'))).toEqual(new Set(['hidden']));
});

test('a size that is multiplied by the width of a stage may be one', () => {
  const source = stages('rows')
    .replaceAll('4 * n', 'rows * n')
    .replace('Parameter(torch.zeros(rows))', 'Linear(rows, rows)');
  const up = onlyModel(source).weights.filter(({ name }) => name === 'stages.*.rows.weight');
  expect(up.map(({ role }) => role)).not.toContain('finite');
});
