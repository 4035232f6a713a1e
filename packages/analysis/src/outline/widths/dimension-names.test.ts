import { describe, expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../../test/check-findings.ts';

/** A block between a table and a readout, with something that is added to what the model gives. */
const penalized = (penalty: string) =>
  onlyModel(`from torch import nn

class Net(nn.Module):
    def __init__(self, n, inner, ids):
        super().__init__()
        self.table = nn.Embedding(ids, n)
        self.up = nn.Linear(n, inner)
        self.down = nn.Linear(inner, n)
        self.head = nn.Linear(n, ids)

    def forward(self, ids):
        x = self.table(ids)
        x = x + self.down(self.up(x).relu())
        return self.head(x) + ${penalty}
`);

const ROLES = ['input', 'hidden', 'hidden', 'output'];

describe('a sum over the entries of a weight', () => {
  test.each([
    '0 * self.up.weight.sum()',
    '0 * sum(p.sum() for p in self.down.parameters())',
    '1e-4 * (self.up.weight.pow(2).sum() + self.down.weight.sum())',
    '0 * self.up.weight.mean(1).sum()',
  ])('shows nothing of what its dimensions are: %s', (penalty) => {
    const model = penalized(penalty);
    expect(model.widths).toEqual(['n', 'inner']);
    expect(matricesOf(model).map(({ role }) => role)).toEqual(ROLES);
  });

  test('of features that the model is given is one over the data', () => {
    const model = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.first = nn.Parameter(torch.randn(features, hidden))
        self.last = nn.Linear(hidden, 10)

    def forward(self, x):
        return self.last(torch.einsum('bf,fh->bh', x, self.first).relu())
`);
    expect(model.widths).toEqual(['hidden']);
    expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'output']);
  });
});

describe('what is added to features that a model computes', () => {
  const added = (term: string, given = 'x') =>
    onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, features, hidden, outputs, shift=0.1):
        super().__init__()
        self.first = nn.Linear(features, hidden)
        self.last = nn.Linear(hidden, outputs)
        self.shift = shift
        self.register_buffer('positions', torch.zeros(1, 100, hidden))

    def forward(self, ${given}):
        h = self.first(x).relu()
        return self.last(h + ${term})
`);

  test.each([
    'self.shift',
    'torch.randn_like(h)',
    '0.1 * torch.rand_like(h)',
    'self.positions[:, :x.size(1)]',
  ])('and that the model makes itself leaves them its own: %s', (term) => {
    const model = added(term);
    expect(model.widths).toEqual(['hidden']);
    expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'output']);
  });

  test.each([
    ['skip', 'x, skip'],
    ['torch.tanh(skip) * self.shift', 'x, skip'],
  ])('and that it is given may be those of a whole that it is a part of: %s', (term, given) => {
    expect(added(term, given).widths).toEqual([]);
  });
});

describe('a model that gives a sum with something that is not read', () => {
  const summed = (of: string) =>
    onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, features, hidden, base=None):
        super().__init__()
        self.first = nn.Linear(features, hidden)
        self.last = nn.Linear(hidden, features)
        self.base = base

    def forward(self, x):
        y = self.last(self.first(x).relu())
        return ${of}
`);

  test('is whole where that is of its own features', () => {
    expect(summed('y.mean() - torch.log(torch.exp(y).mean())').widths).toEqual(['hidden']);
  });

  test('may be an adapter where it is of what the model is given', () => {
    expect(summed('self.base(x) + y').widths).toEqual([]);
  });
});
