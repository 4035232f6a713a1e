import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** Roles of the matrices of a model that has its middle layers under names which the code puts together. */
function rolesWith(set: string, got: string): readonly (string | null)[] {
  const { weights } = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, depth=3):
        super().__init__()
        self.depth = depth
        self.first = nn.Linear(8, n)
        for at in range(depth):
            setattr(self, ${set}, nn.Linear(n, n))
        self.last = nn.Linear(n, 2)

    def forward(self, x):
        x = self.first(x)
        for at in range(self.depth):
            x = getattr(self, ${got})(x).relu()
        return self.last(x)
`);
  return weights.filter(({ name }) => name.endsWith('weight')).map(({ role }) => role);
}

describe('layers that setattr gives names which the code puts together', () => {
  test.each([
    ["f'mix{at}'", "f'mix{at}'"],
    ["'mix%d' % at", "'mix%d' % at"],
    ["'mix' + str(at)", "'mix' + str(at)"],
    ["'mix_{}'.format(at)", "'mix_{}'.format(at)"],
  ])('are what getattr finds under them: %s', (set, got) =>
    expect(rolesWith(set, got)).toEqual(['input', 'hidden', 'output']),
  );

  test('and not under others', () => {
    expect(rolesWith("f'mix{at}'", "f'other{at}'")).not.toEqual(['input', 'hidden', 'output']);
  });
});
