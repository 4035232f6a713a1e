import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

/** What is read of a stack whose layers in between are there by a setting, and none of them otherwise. */
function readOf(held: string): string {
  const { read, total, missing } = onlyModel(`
from torch import nn

class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(n, 4 * n)
        self.down = nn.Linear(4 * n, n)

    def forward(self, x):
        return x + self.down(self.up(x).relu())

class Stack(nn.Module):
    def __init__(self, blocks, between=None):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.between = ${held}

    def forward(self, x):
        if self.between is not None:
            for block, one in zip(self.blocks, self.between):
                x = one(block(x))
        else:
            for block in self.blocks:
                x = block(x)
        return x

class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        n = settings.width
        blocks = [Block(n) for _ in range(settings.depth)]
        between = [nn.Linear(n, n) for _ in range(settings.depth)] if settings.mixes else None
        self.enter = nn.Linear(10, n)
        self.stack = Stack(blocks, between)
        self.leave = nn.Linear(n, 2)

    def forward(self, x):
        return self.leave(self.stack(self.enter(x)))
`);
  return `${read}/${total} ${missing.filter(({ kind }) => kind !== 'weights').length}`;
}

test.each([
  'nn.ModuleList(between) if between is not None else None',
  'None if between is None else nn.ModuleList(between)',
  'nn.ModuleList(between) if between else None',
])('what is made of layers that may be None is made where they are not: %s', (held) => {
  expect(readOf(held)).toBe('10/10 0');
});

test('layers that are made where there are none are not read', () => {
  expect(readOf('nn.ModuleList(between) if between is None else None')).not.toBe('10/10 0');
});

test('a name is what else it may be on the side of a conditional on which it is not None', () => {
  checkValues(`
x = 3 if k else None
x if x is not None else 0  # reveals: 3 or 0
0 if x is None else x  # reveals: 0 or 3
x if x is None else 0  # reveals: 3 or None or 0
x  # reveals: 3 or None
`);
});
