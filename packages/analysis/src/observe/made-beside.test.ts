import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

const MODELS = `
import torch
from torch import nn

class Reader(nn.Module):
    def __init__(self, inputs, features=32):
        super().__init__()
        self.features = features
        self.enter = nn.Linear(inputs, features)
    @property
    def gives(self):
        return self.enter.out_features
    def forward(self, x):
        return self.enter(x).relu()

class Judge(nn.Module):
    def __init__(self, given, hidden, classes):
        super().__init__()
        self.first, self.second = nn.Linear(given, hidden), nn.Linear(hidden, classes)
    def forward(self, h):
        return self.second(self.first(h).relu())
`;

/** What the first weight of a network is, which is made beside another and given what that has. */
const first = (script: string) =>
  analyse(MODELS + script)
    .models.find(({ name }) => name === 'Judge')
    ?.weights.find(({ name }) => name === 'first.weight')?.role;

const trained = (given: string, reader: string) => `
def train(width, another):
    reader = ${reader}
    judge = Judge(${given}, width, 10)
    torch.optim.Adam([*reader.parameters(), *judge.parameters()], lr=1e-3)
`;

test.each(['reader.features', 'reader.gives', 'reader.enter.out_features', 'Reader(9, width).features'])(
  'what another model has is what that is given where it is made: %s',
  (given) => {
    expect(first(trained(given, 'Reader(784, width)'))).toBe('hidden');
  },
);

test.each(['Reader(784, 64)', 'Reader(784)', 'Reader(width, 64)'])(
  'not the width by itself: %s',
  (reader) => {
    expect(first(trained('reader.features', reader))).toBe('input');
  },
);

test('of two that are given others it is not known whose it is', () => {
  expect(first(trained('reader.features', 'Reader(784, width if another else 64)'))).toBe(null);
});

const chain = (reader: string) => `
def train(width):
    reader = ${reader}
    judge = nn.Sequential(nn.Linear(reader.features, width), nn.ReLU(), nn.Linear(width, 10))
    torch.optim.Adam(judge.parameters(), lr=1e-3)
`;

test('so it is for a chain of layers', () => {
  const role = (reader: string) =>
    analyse(MODELS + chain(reader)).models.flatMap(({ weights }) =>
      weights.filter(({ name }) => name === '0.weight').map((one) => one.role),
    );
  expect(role('Reader(784, width)')).not.toContain('input');
  expect(role('Reader(784, 64)')).toEqual(['input']);
});
