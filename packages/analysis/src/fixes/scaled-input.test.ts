import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** A model whose embedding is its readout, with a constructor that goes on and a forward pass that ends so. */
function tied(end: string, { tie = 'self.head.weight = self.embed.weight' } = {}): string {
  return `import torch
from torch import nn
from torch.nn import functional as F

class Net(nn.Module):
    def __init__(self, vocab=100, dim=256):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        ${tie}

    def forward(self, ids, last=False):
        h = torch.tanh(self.mix(self.embed(ids)))
        ${end}
`;
}

/** The lines that the fix of the readout changes, which is proved to mend it. */
function changed(source: string): readonly string[] {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP206');
  const edits = finding?.fixes[0]?.edits ?? [];
  if (finding === undefined || edits.length === 0) return [];
  const text = edited(source, edits);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  const known = source.split('\n');
  const lines = text.split('\n').filter((line) => !known.includes(line));
  return lines.map((line) => line.trim());
}

describe('what a readout is given is multiplied', () => {
  test.for([
    ['return self.head(h)', 'return self.head(h * (256 / self.dim))'],
    ['return self.head(h + 1.0)', 'return self.head((h + 1.0) * (256 / self.dim))'],
    ['return F.linear(h, self.embed.weight)', 'return F.linear(h * (256 / self.dim), self.embed.weight)'],
  ])('%s', ([before, after]) => {
    expect(changed(tied(before!, before!.includes('head') ? {} : { tie: 'pass' }))).toEqual([after]);
  });

  test('on every way to it', () => {
    const source = tied(
      'if last:\n            return self.head(h[:, [-1], :])  # the last alone\n        return self.head(h)',
    );
    expect(changed(source)).toEqual([
      'return self.head(h[:, [-1], :] * (256 / self.dim))  # the last alone',
      'return self.head(h * (256 / self.dim))',
    ]);
  });
});

test('a container is given what its first layer takes, which is left as it is', () => {
  expect(changed(tied('return nn.Sequential(nn.Tanh(), self.head)(h)'))).toEqual([]);
});
