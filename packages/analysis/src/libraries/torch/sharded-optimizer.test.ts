import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const optimizersOf = (made: string) => {
  const [model] = analyser.analyse(`
import torch
from torch import nn
from torch.distributed.optim import ZeroRedundancyOptimizer

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(10, width)
        self.leave = nn.Linear(width, 1)
        self.optimizer = ${made}

    def forward(self, x):
        return self.leave(self.enter(x))
`).models;
  return new Set(model?.weights.map(({ optimizer, c }) => `${optimizer} ${c}`));
};

test.each([
  ['ZeroRedundancyOptimizer(self.parameters(), optimizer_class=torch.optim.AdamW, lr=1e-3)', 'adam 0'],
  ['ZeroRedundancyOptimizer(self.parameters(), torch.optim.SGD, lr=1 / width)', 'sgd 1'],
  [
    "ZeroRedundancyOptimizer(**{'params': self.parameters(), 'weight_decay': 0.1}, optimizer_class=torch.optim.AdamW, lr=1e-3)",
    'adam 0',
  ],
])('an optimizer whose state is spread over processes is the one that it is given: %s', (made, is) => {
  expect(optimizersOf(made)).toEqual(new Set([is]));
});

test('one whose class is not read is none that is known', () => {
  const made = 'ZeroRedundancyOptimizer(self.parameters(), optimizer_class=chosen(), lr=1e-3)';
  expect(optimizersOf(made)).toEqual(new Set(['null null']));
});
