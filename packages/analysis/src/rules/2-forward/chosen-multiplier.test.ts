import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

function net(forward: readonly string[], made: readonly string[] = []): string {
  return `
import math
from torch import nn

class Net(nn.Module):
    def __init__(self, words, size, enlarged=True, other=False):
        super().__init__()
        self.size, self.enlarged, self.other = size, enlarged, other
        self.table = nn.Embedding(words, size)
        self.norm = nn.LayerNorm(size)
        self.mix = nn.Linear(size, size)
        self.out = nn.Linear(size, words)
        nn.init.zeros_(self.out.weight)
${made.map((line) => `        ${line}\n`).join('')}
    def forward(self, ids):
${forward.map((line) => `        ${line}\n`).join('')}
        return self.out(h + self.mix(self.norm(h)))
`;
}

const found = (...parts: Parameters<typeof net>) =>
  findingsOf('MUP204', net(...parts)).map(({ message }) => /grow like .*/.exec(message)?.[0]);

const ON = ['h = self.table(ids)', 'if self.enlarged:', '    h = h * math.sqrt(self.size)'];

const NARROW = ['if self.size < 512:', '    h = h * math.sqrt(self.size)'];

describe('a factor behind an embedding that a setting turns on', () => {
  test.each([
    ['in a condition', ON, []],
    [
      'in the only other way',
      ['h = self.table(ids) if self.other else self.table(ids) * self.size**0.5'],
      [],
    ],
    [
      'as a number that is 1 else',
      ['h = self.table(ids) * self.by'],
      ['self.by = math.sqrt(size) if enlarged else 1.0'],
    ],
    [
      'before a bias',
      [...ON, 'h = h + self.shift'],
      ['self.shift = nn.Parameter(torch.zeros(size))', 'import torch'],
    ],
  ])('is found %s', (_, forward, made) => {
    const [first, ...others] = [...made].reverse();
    expect(found(forward, first === undefined ? [] : [first, ...others])).toEqual(['grow like n^½']);
  });

  test.each([
    ['the start may make up for it', ON, ['nn.init.normal_(self.table.weight, std=size**-0.5)']],
    ['the other way has another factor', [...ON, 'else:', '    h = h * self.size**-0.25'], []],
    [
      'what decides is asked for once more',
      [...ON, 'if self.enlarged:', '    h = h * 2.0 / math.sqrt(self.size)'],
      [],
    ],
    ['something is divided by behind both', [...ON, 'h = h / self.size**0.25'], []],
    ['the width decides', ['h = self.table(ids)', ...NARROW], []],
    ['the width has decided', ['h = self.table(ids)', ...ON.slice(1)], ['self.enlarged = size < 512']],
    [
      'the width decides on a number',
      ['h = self.table(ids) * self.by'],
      ['self.by = math.sqrt(size) if size < 512 else 1.0'],
    ],
    [
      'a number that a setting turns on is divided by later',
      ['h = self.table(ids) * self.by', 'h = (h + self.mix(self.norm(h)) * self.by) / self.by'],
      ['self.by = math.sqrt(size) if enlarged else 1.0'],
    ],
    ['all of it is normalized', [...ON, 'h = self.norm(h)'], []],
    ['it is the same at every width', ['h = self.table(ids)', 'if self.enlarged:', '    h = h * 8.0'], []],
    [
      'a number may be another one, too',
      ['h = self.table(ids) * self.by'],
      ['self.by = math.sqrt(size) if enlarged else size**0.25'],
    ],
    [
      'the condition decides how something else is scaled',
      [...ON, 'g = self.mix(self.norm(h))', 'h = h + (g / self.size if self.enlarged else g)'],
      [],
    ],
    [
      'what stands in its place is made otherwise',
      ['h = self.table(ids)', 'h = h + (h * math.sqrt(self.size) if self.enlarged else self.more(ids))'],
      ['self.more = nn.Embedding(words, size)'],
    ],
    ['another setting has another factor', [...ON, 'if self.other:', '    h = h * self.size**0.25'], []],
  ])('is left where %s', (_, forward, made) => {
    expect(found(forward, made)).toEqual([]);
  });
});
