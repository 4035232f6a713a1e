import { expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

const tower = (std: string, factor: string) => `
import math
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, dim, layers, scale):
        super().__init__()
        self.dim, self.layers, self.scale = dim, layers, scale
        self.up = nn.Linear(dim, 4 * dim, bias=False)
        self.down = nn.Linear(4 * dim, dim, bias=False)
        self.norm = nn.LayerNorm(dim)
        nn.init.normal_(self.down.weight, std=${std})

    def forward(self, x):
        return x + self.down(torch.relu(self.up(x)))${factor}

class Tower(nn.Module):
    def __init__(self, dim, layers, scale):
        super().__init__()
        self.stem = nn.Linear(32, dim)
        self.blocks = nn.ModuleList([Block(dim, layers, scale) for _ in range(layers)])
        self.head = nn.Linear(dim, 5)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(x)
`;
const found = (std: string, factor: string, from = '', to = '') =>
  findingsOf('MUP314', tower(std, factor).replace(from, to));

const START = '1 / math.sqrt(2 * layers * dim)';

test('a branch that starts smaller with depth, and is multiplied by less with depth, is told at its start', () => {
  const [finding, ...others] = found(START, ' / self.layers');
  expect(others).toEqual([]);
  expect(finding?.weights).toEqual(['blocks.*.down.weight']);
  expect(finding?.message).toContain('both fall with `layers`');
  expect(found(START, ' * self.layers ** -0.5')).toHaveLength(1);
});

test('one of the two alone is right, and so are two that fall with different numbers', () => {
  expect(found(START, '')).toEqual([]);
  expect(found('1 / math.sqrt(dim)', ' / self.layers')).toEqual([]);
  expect(found('1 / math.sqrt(scale * dim)', ' / self.layers')).toEqual([]);
});

test('what falls with the width twice is no matter of depth', () => {
  expect(found('1 / math.sqrt(dim)', ' / self.dim')).toEqual([]);
});

test('a factor that makes up for the start is right', () => {
  expect(found(START, ' * math.sqrt(self.layers)')).toEqual([]);
});

test('where no sum follows, or a norm undoes it, nothing is said', () => {
  expect(found(START, ' / self.layers', 'x + self.down', 'self.down')).toEqual([]);
  const normed = found(
    START,
    '',
    'x + self.down(torch.relu(self.up(x)))',
    'x + self.norm(self.down(torch.relu(self.up(x)))) / self.layers',
  );
  expect(normed).toEqual([]);
});

test('also where a loop makes the blocks, and the layers have biases', () => {
  const blocks = 'self.blocks = nn.ModuleList([Block(dim, layers, scale) for _ in range(layers)])';
  const loop = `self.blocks = nn.ModuleList()
        for _ in range(layers):
            self.blocks.append(Block(dim, layers, scale))`;
  expect(found(START, ' / self.layers', blocks, loop)).toHaveLength(1);
  expect(found(START, ' / self.layers', '4 * dim, dim, bias=False', '4 * dim, dim')).toHaveLength(1);
});

test('a number that counts no layers is no depth, whatever it is called', () => {
  const source = tower(START, ' / self.layers').replace('in range(layers)', 'in range(scale)');
  expect(findingsOf('MUP314', source)).toEqual([]);
});
