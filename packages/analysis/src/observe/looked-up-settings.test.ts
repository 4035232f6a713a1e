import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

const scaled = (calls: string) => `
import torch
from torch import nn

SCALES = {'sp': lambda n: 1.0, 'ntk': lambda n: n ** -0.5, 'mup': lambda n: 1 / n}

class Net(nn.Module):
    def __init__(self, dim, kind='sp'):
        super().__init__()
        self.scale = SCALES[kind](dim)
        self.stem = nn.Linear(3, dim)
        self.head = nn.Linear(dim, 10)

    def forward(self, x):
        return self.scale * self.head(self.stem(x).relu())

${calls}
`;

const factorOf = (calls: string) => {
  const { weights } = onlyModel(scaled(calls));
  return weights.find(({ name }) => name === 'head.weight')?.a;
};

test.each(['net = Net(64)', "net = Net(64, 'sp')", "one, other = Net(64), Net(64, 'mup')"])(
  'what a model looks up by a setting that calls leave at its default is what the default names: %s',
  (calls) => {
    expect(factorOf(calls)).toBe(0);
  },
);

test.each([
  "net = Net(64, 'mup')",
  "def train(width, kind='mup'):\n    net = Net(width, kind=kind)",
  "from argparse import ArgumentParser\nparser = ArgumentParser()\nparser.add_argument('--kind', default='mup')\nargs = parser.parse_args()\nnet = Net(64, args.kind)",
])('it is what all calls name instead: %s', (calls) => {
  expect(factorOf(calls)).toBe(1);
});
