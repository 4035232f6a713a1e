import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** Roles of the matrices of a model that has its middle layers under names which the code puts together. */
function rolesWith(set: string, got: string): readonly (string | null)[] {
  const { weights } = modelWith(set, `getattr(self, ${got})`);
  return weights.filter(({ name }) => name.endsWith('weight')).map(({ role }) => role);
}

/** What is missing in such a model: of one that is read, no more than an optimizer. */
function missingWith(set: string, part: string): readonly string[] {
  return modelWith(set, part).missing.map(({ kind }) => kind);
}

function modelWith(set: string, part: string) {
  return onlyModel(`import torch
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
            x = ${part}(x).relu()
        return self.last(x)
`);
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

  test.each([
    ["f'mix{at}'", "f'mix{at}'"],
    ["'mix%d' % at", "'mix%d' % at"],
  ])('are what a module has among its parts under them: %s', (set, got) =>
    expect(missingWith(set, `self._modules[${got}]`)).toEqual(['weights']),
  );

  test('and not under others', () => {
    expect(rolesWith("f'mix{at}'", "f'other{at}'")).not.toEqual(['input', 'hidden', 'output']);
    expect(missingWith("f'mix{at}'", "self._modules[f'other{at}']")).not.toEqual(['weights']);
  });
});
