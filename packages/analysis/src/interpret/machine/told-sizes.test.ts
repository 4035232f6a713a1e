import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The weights of a model whose block has another layer where its sizes differ. */
const weightsOf = (blocks: string, differ = 'before != after') =>
  onlyModel(`import torch
from torch import nn
class Block(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.main = nn.Linear(before, after)
        self.short = nn.Linear(before, after) if ${differ} else nn.Identity()
    def forward(self, x):
        return torch.relu(self.main(x)) + self.short(x)
class Net(nn.Module):
    def __init__(self, width, other):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.blocks = nn.Sequential(${blocks})
        self.out = nn.Linear(width, 4)
    def forward(self, x):
        return self.out(self.blocks(self.first(x)))
def train(width, other):
    return torch.optim.Adam(Net(width, other).parameters(), lr=1e-3)
`).weights.flatMap(({ name, mayBeOff }) =>
    name.includes('short.weight') ? [[name, mayBeOff === null]] : [],
  );

test('two products of one width are the same size or are not, where a layer hangs on that', () => {
  expect(weightsOf('Block(width, width * 1)')).toEqual([]);
  expect(weightsOf('*[Block(width, width * factor) for factor in (1, 1)]')).toEqual([]);
  expect(weightsOf('Block(width, 2 * width), Block(width * 2, 2 * width), Block(2 * width, width)')).toEqual([
    ['blocks.0.short.weight', true],
    ['blocks.2.short.weight', true],
  ]);
});

test('two names may be one size', () => {
  expect(weightsOf('Block(width, other), Block(other, width)').every(([, sure]) => sure === false)).toBe(
    true,
  );
});
