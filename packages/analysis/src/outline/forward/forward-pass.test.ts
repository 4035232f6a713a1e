import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const network = (returned: string, mixed = 'x') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab)
    def forward(self, ids):
        x = self.embed(ids)
        y = torch.relu(self.mix(${mixed}))
        return ${returned}
`;

test.each([
  'self.head(x + y)',
  'self.head(x + y), y',
  'self.head(x + y), y[:, 0]',
  'self.head(x + y), y if self.training else x',
  'self.head(x + y), [y.detach(), x.clone().detach()[:, 0]]',
  'self.head(x + y), torch.stack([y.detach(), torch.tanh(y).detach()])',
  'self.head(x + y), torch.stack([torch.tanh(one).detach() for one in y])',
  'self.head(x + y), torch.stack((x, y))',
  'self.head(x + y), torch.cat((torch.zeros(1, 4, self.dim), y), dim=1)',
])('some of what an output is made of is no other output: %s', (returned) => {
  expect(onlyModel(network(returned)).widths).toEqual(['dim']);
});

test('what is no part of an output is one itself, unless nothing is trained through it', () => {
  expect(onlyModel(network('self.head(x + y), torch.tanh(y)')).widths).toEqual([]);
  expect(onlyModel(network('self.head(x + y), torch.tanh(y).detach()')).widths).toEqual(['dim']);
  expect(onlyModel(network('self.head(x + y), torch.stack([y.detach(), torch.tanh(y)])')).widths).toEqual([]);
  expect(onlyModel(network('self.head(x + y), torch.stack((x, torch.tanh(y)))')).widths).toEqual([]);
  expect(onlyModel(network('y.detach()')).widths).toEqual(onlyModel(network('y')).widths);
});

test.each(['y, y[:, 0]', 'torch.tanh(y)'])(
  'the features that a model gives are its output: %s',
  (returned) => {
    expect(onlyModel(network(returned)).weights.find(({ name }) => name === 'mix.weight')?.role).not.toBe(
      'output',
    );
  },
);

test('batch and positions that change places leave the features where they are', () => {
  const turned = network('self.head(x + y.transpose(0, 1))', 'x.transpose(0, 1)');
  const { widths, weights } = onlyModel(turned);
  expect(widths).toEqual(['dim']);
  expect(weights.map(({ role }) => role)).toEqual(
    onlyModel(network('self.head(x + y)')).weights.map(({ role }) => role),
  );
});

test('a residual that is weighed against its block is one', () => {
  const weighed = network('self.head(0.8 * x + 0.6 * self.out(y))')
    .replace('        self.head', '        self.out = nn.Linear(inner, dim)\n        self.head')
    .replace('nn.Linear(dim, dim)', 'nn.Linear(dim, inner)')
    .replace('vocab, dim)', 'vocab, dim, inner)');
  expect(onlyModel(weighed).widths).toContain('dim');
});
