import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

/** A base whose hidden weights start at a std that it looks up, and a class that inherits from it. */
function family({
  std = 'self.start',
  own = 'start = 1.0',
  sets = 'self.start = size ** -0.5',
  after = '',
}): string {
  return `
import torch
from torch import nn

class Base(nn.Module):
    ${own}

    def __init__(self, size):
        super().__init__()
        self.inp = nn.Linear(16, size, bias=False)
        self.mid = nn.Linear(size, size, bias=False)
        self.out = nn.Linear(size, 4, bias=False)
        nn.init.normal_(self.mid.weight, std=${std})

    def forward(self, x):
        return self.out(torch.tanh(self.mid(torch.tanh(self.inp(x)))))

class Heir(Base):
    def __init__(self, size):
        ${sets}
        super().__init__(size)

${after}
`;
}

const startOf = (parts: Parameters<typeof family>[0]) =>
  analyse(family(parts)).models.map(({ name, weights }) => [name, weights[1]?.b]);

test('what those that inherit from a base set is not known of the base by itself', () => {
  const found = [
    ['Base', null],
    ['Heir', 0.5],
  ];
  expect(startOf({})).toEqual(found);
  expect(startOf({ own: 'pass', std: "getattr(self, 'start', 1.0)" })).toEqual(found);
});

test('it is where somebody makes the base itself, or where they set something else', () => {
  expect(startOf({ after: 'net = Base(64)' })[0]).toEqual(['Base', 0]);
  expect(startOf({ sets: 'self.stop = size ** -0.5' })).toEqual([
    ['Base', 0],
    ['Heir', 0],
  ]);
});
