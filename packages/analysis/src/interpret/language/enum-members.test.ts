import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** How a weight starts that is divided by what goes with a kind of start, which a configuration names. */
const startBy = (kind: string, more = '') =>
  onlyModel(`from dataclasses import dataclass
from enum import Enum
import torch
from torch import nn

class Start(Enum):
    PLAIN = 'plain'
    WIDTH = 'width'
${more}
@dataclass
class Args:
    n: int = 64
    words: int = 1000
    start: str = 'plain'

class Net(nn.Module):
    def __init__(self, args: Args):
        super().__init__()
        self.up = nn.Embedding(args.words, args.n)
        self.mid = nn.Linear(args.n, args.n)
        self.out = nn.Linear(args.n, args.words)
        kind = ${kind}
        by = {Start.PLAIN: 1.0, Start.WIDTH: args.n / 64}[kind]
        nn.init.normal_(self.mid.weight, std=0.02 / by)
    def forward(self, x):
        return self.out(torch.relu(self.mid(self.up(x))))
`).weights.find(({ name }) => name === 'mid.weight')?.b;

test('a member of an enumeration is found by its value', () => {
  expect(startBy("Start('width')")).toBe(1);
  expect(startBy("Start('plain')")).toBe(0);
});

test('which a setting names: the model is made with its default', () => {
  expect(startBy('Start(args.start)')).toBe(0);
});

test('but for one that looks its members up in its own way, and one that is not known', () => {
  const missing = '    @classmethod\n    def _missing_(cls, value):\n        return cls.PLAIN\n';
  expect(startBy("Start('width')", missing)).toBeNull();
  expect(startBy('Start(read())')).toBeNull();
});
