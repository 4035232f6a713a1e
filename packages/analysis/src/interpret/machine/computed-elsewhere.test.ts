import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

interface Written {
  /** How `share` comes about in the configuration. */
  readonly share: string;
  readonly annotation?: string;
  readonly name?: string;
}

const source = ({ share, annotation = '', name = 'share' }: Written): string => `
import math
from dataclasses import dataclass
from typing import Union
import torch
import torch.nn as nn

@dataclass
class Settings:
    breadth: int
    origin: float = 128
    fitted: bool = False
    heat: float = 2.0
    def __post_init__(self):
        ${share}

@dataclass
class Others:
    breadth: int

class Net(nn.Module):
    def __init__(self, settings${annotation}, words):
        super().__init__()
        self.first = nn.Embedding(words, settings.breadth)
        self.inner = nn.Linear(settings.breadth, settings.breadth)
        self.leave = nn.Linear(settings.breadth, words)
        if settings.fitted:
            nn.init.normal_(self.inner.weight, std=0.02 / settings.${name})
        else:
            nn.init.normal_(self.inner.weight, std=0.02)

    def forward(self, x):
        x = self.first(x)
        return self.leave(torch.relu(self.inner(x)))
`;

const linesOf = (written: Written): readonly string[] => {
  const text = source(written);
  return findingsOf('MUP101', text).map(({ span }) => text.slice(0, span.start).split('\n').at(-1) ?? '');
};

/** Nothing is known of the way that divides by the share, so nothing is said of the two ways together. */
describe('a share of widths that a configuration computes is no number of its own, whatever it is called:', () => {
  for (const annotation of ['', ': Union[Settings, Others]'])
    for (const share of [
      'if self.fitted:\n            self.share = self.breadth / self.origin',
      'self.share = math.sqrt(self.breadth / self.origin)',
      'self.share = (self.breadth / 64) ** 0.5',
    ])
      test(`${share.replaceAll(/\s+/g, ' ')} of settings${annotation}`, () => {
        expect(linesOf({ share, annotation })).toEqual([]);
      });

  test('where the class is known, what it computes is read', () => {
    const share = 'self.share = self.breadth / self.origin';
    expect(linesOf({ share, annotation: ': Settings' })).toHaveLength(1);
  });
});

describe('what is no such share is a number of its own as before:', () => {
  for (const [words, written] of Object.entries({
    'none of the class': { share: 'pass' },
    'another field of it': { share: 'self.share = self.breadth / self.origin', name: 'heat' },
    'a number over a field': { share: 'self.share = 1 / self.heat', name: 'share' },
    'the field of a class that the parameter does not have': {
      share: 'self.share = self.breadth / self.origin',
      annotation: ': Union[Others, dict]',
    },
  }))
    test(words, () => {
      expect(linesOf(written)).toHaveLength(2);
    });
});
