import { describe, expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../test/check-findings.ts';

const staged = (asks: string, { preset = '96', calls = '' } = {}) => `
from collections.abc import Iterable, Sequence
from itertools import repeat
from torch import nn

class Staged(nn.Module):
    def __init__(self, sizes=${preset}, classes=10):
        super().__init__()
${asks}
        self.stem = nn.Linear(3, sizes[0])
        self.inner = nn.Linear(sizes[0], sizes[0])
        self.after = nn.Linear(sizes[0], sizes[0])
        self.head = nn.Linear(sizes[0], classes)

    def forward(self, x):
        return self.head(self.after(self.inner(self.stem(x)).relu()).relu())
${calls}
`;

const DOUBLED = `
        if not isinstance(sizes, (list, tuple)):
            sizes = [sizes * 2 ** i for i in range(2)]`;
const REPEATED = `
        sizes = tuple(sizes) if isinstance(sizes, Iterable) else tuple(repeat(sizes, 2))`;

const rolesOf = (code: string) => matricesOf(onlyModel(code)).map(({ role }) => role);
const READ = ['input', 'hidden', 'hidden', 'output'];

describe('a setting of which it is asked whether it is a list', () => {
  test.each([DOUBLED, DOUBLED.replace('(list, tuple)', 'Sequence'), REPEATED])(
    'is the number that it is unless it is given: %s',
    (asks) => {
      expect(rolesOf(staged(asks))).toEqual(READ);
      expect(rolesOf(staged(asks, { calls: 'def make(size):\n    return Staged(size)' }))).toEqual(READ);
    },
  );

  test.each([DOUBLED, REPEATED])('is the list that it is unless it is given: %s', (asks) => {
    expect(rolesOf(staged(asks, { preset: '(96, 192)' }))).toEqual(READ);
  });

  test.each(['net = Staged((96, 192))', 'from settings import pick\nnet = Staged(pick(2))'])(
    'is not known where a call gives it a list, or something that is not read: %s',
    (calls) => {
      expect(rolesOf(staged(DOUBLED, { calls }))).not.toEqual(READ);
    },
  );
});
