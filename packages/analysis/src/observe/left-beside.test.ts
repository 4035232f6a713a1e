import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import type { ModelOutline } from '../model-outline.ts';

/** Rounds in rounds of which nobody knows how many there are. */
const LONG = [...'abcdefghi']
  .map(
    (name, depth) =>
      `${'    '.repeat(depth + 3)}while ${name} < dim:\n${'    '.repeat(depth + 4)}${name} += 3\n${'    '.repeat(depth + 4)}seen.append(${name})\n`,
  )
  .join('');

const SOURCE = `
from torch import nn

def apart(start, given):
    both = [dict(), dict()]
    for key in given.keys():
        both[int(not key.startswith(start))][key] = given[key]
    return {key[len(start):]: value for key, value in both[0].items()}, both[1]

class Part(nn.Module):
    def __init__(self, dim, twice=False):
        super().__init__()
        self.mix = nn.Linear(dim, dim)
        self.again = nn.Linear(dim, dim) if twice else None

    def forward(self, x):
        x = self.mix(x).relu()
        return x if self.again is None else self.again(x).relu()

class Trunk(nn.Module):
    def __init__(self, dim, slow=False, **given):
        super().__init__()
        of_part, given = apart('part_', given)
        if slow:
            a = b = c = d = e = f = g = h = i = 0
            seen = []
${LONG}
        self.enter = nn.Linear(8, dim)
        self.part = Part(dim, **of_part)
        self.leave = nn.Linear(dim, 10)

    def forward(self, x):
        return self.leave(self.part(self.enter(x).relu()))

class Net(Trunk):
    def __init__(self, **given):
        super().__init__(**given)
`;

function netOf(source: string): ModelOutline | undefined {
  return analyse(source).models.find(({ name }) => name === 'Net');
}

const namesOf = (source: string) => netOf(source)?.weights.map(({ name }) => name) ?? [];

const LEFT =
  'Assumes settings that choose what it is made of are left at their defaults: not all ways are followed.';

describe('a model of many ways whose constructor names none of its settings', () => {
  test('is read at the defaults of what it is made by', () => {
    const names = namesOf(SOURCE);
    expect(names).toContain('part.mix.weight');
    expect(names).not.toContain('part.again.weight');
    expect(netOf(SOURCE)?.widths).toEqual(['dim']);
    expect(netOf(SOURCE)?.assumptions).toContain(LEFT);
  });

  test('is made at what its code gives it, where it has very many', () => {
    const others = Array.from({ length: 32 }, (_, at) => `other${at}=False`).join(', ');
    const many = SOURCE.replace('slow=False, **given', `slow=False, ${others}, **given`);
    const made = (given: string) => namesOf(`${many}\nnet = Net(dim=64${given})\n`);
    expect(made('')).toContain('part.mix.weight');
    expect(made('')).not.toContain('part.again.weight');
    expect(made(', part_twice=True')).toContain('part.again.weight');
    expect(made(', slow=True')).toEqual([]);
  });

  test.each(['Net(dim=64, part_twice=True)', "Net(**{'dim': 64, 'part_twice': True})"])(
    'is not where its code gives one that no parameter has: %s',
    (call) => {
      const names = namesOf(`${SOURCE}\nnet = ${call}\n`);
      expect(names.length === 0 || names.includes('part.again.weight')).toBe(true);
    },
  );

  test('is not where its code gives another value for one that chooses', () => {
    expect(netOf(`${SOURCE}\nnet = Net(dim=64, slow=True)\n`)?.assumptions ?? []).not.toContain(LEFT);
  });
});

let units = 0;
const counting = await loadTestAnalyser(undefined, (taken) => {
  units = taken;
});

test('of classes that one constructor makes, all ways are tried once', () => {
  const heirs = (count: number) =>
    Array.from(
      { length: count },
      (_, at) =>
        `class Net${at}(Trunk):\n    def __init__(self, **given):\n        super().__init__(**given)\n`,
    ).join('\n');
  const workOf = (count: number) => {
    counting.analyse(`${SOURCE}\n${heirs(count)}`);
    return units;
  };
  expect(workOf(3) - workOf(1)).toBeLessThan(200_000);
});
