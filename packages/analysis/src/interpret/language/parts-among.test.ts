import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A network with two stages of blocks, which some code starts by what it goes through. */
const net = (start: readonly string[], forward = ['for part in self.first:', '    h = part(h)']) => `
import itertools
from torch import nn

class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.norm = nn.LayerNorm(size)
        self.mix = nn.Linear(size, size)

    def start(self):
        nn.init.normal_(self.mix.weight, std=0.02)

    def forward(self, x):
        return x + self.mix(self.norm(x)).tanh()

class Net(nn.Module):
    def __init__(self, words, size, flat=1):
        super().__init__()
        self.flat = flat
        self.table = nn.Embedding(words, size)
        self.first = nn.ModuleList([Block(size) for _ in range(3)])
        self.second = nn.ModuleList([Block(size) for _ in range(3)])
        self.leave = nn.Linear(size, words)
${start.map((line) => `        ${line}\n`).join('')}
    def forward(self, ids):
        h = self.table(ids)
${forward.map((line) => `        ${line}\n`).join('')}        for part in self.second:
            h = part(h)
        return self.leave(h)
`;

const startsIn = (...start: readonly string[]) =>
  onlyModel(net(start)).weights.flatMap(({ name, b }) => (name.includes('mix.weight') ? [b] : []));

const STARTED = ['for part in parts:', '    part.start()'];

describe('parts of containers that code puts into a list are started as it goes through that', () => {
  test.each([
    ['parts = [*self.first, *self.second]'],
    ['parts = itertools.chain(self.first, self.second)'],
    ['parts = []', 'parts += self.first', 'parts.extend(self.second)'],
    ['parts = list(self.first) + list(self.second)'],
  ])('%s', (...made) => {
    expect(startsIn(...made, ...STARTED)).toEqual([0, 0]);
  });
});

describe('of one of two containers it is not known which parts are started', () => {
  test.each([
    ['parts = self.first if self.flat == 1 else self.second'],
    ['parts = self.first if self.flat == 1 else [*self.second]'],
    ['parts = [*(self.first if self.flat == 1 else self.second)]'],
    ['if self.flat == 1: parts = self.first', 'else: parts = self.second'],
  ])('%s', (...made) => {
    expect(startsIn(...made, ...STARTED)).toEqual([null, null]);
  });
});

test('of one of two containers that features go through it is not known how they come out', () => {
  const through = ['for part in self.first if self.flat == 1 else self.second:', '    h = part(h)'];
  expect(onlyModel(net([], through))).toMatchObject({ verdict: null });
});

describe('a module that says itself what going through it gives starts that', () => {
  test.each(['for part in self.pair:', 'for part in [*self.pair]:'])('%s', (loop) => {
    const source = `
from torch import nn

class Pair(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.one, self.two = nn.Linear(size, size), nn.Linear(size, size)

    def __iter__(self):
        return iter([self.one])

class Whole(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.enter, self.pair, self.leave = nn.Linear(8, size), Pair(size), nn.Linear(size, 8)
        ${loop}
            nn.init.normal_(part.weight, std=0.02)

    def forward(self, x):
        return self.leave(self.pair.two(self.pair.one(self.enter(x)).relu()).relu())
`;
    const starts = onlyModel(source).weights.map(({ name, b }) => [name, b] as const);
    expect(new Map(starts).get('pair.one.weight')).toBe(0);
    expect(new Map(starts).get('pair.two.weight')).toBe(0.5);
  });
});
