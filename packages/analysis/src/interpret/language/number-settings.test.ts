import { describe, expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../../test/check-findings.ts';

const net = (made: string, more = '') => `
from torch import nn
from torch.nn import Linear as Dense

def first_of(*values):
    for value in values:
        if value is not None:
            return value() if callable(value) else value
    return None

${more}
class Net(nn.Module):
    def __init__(self, dim, dim_out=None):
        super().__init__()
        dim_out = first_of(dim_out, dim)
        self.into = ${made}
        self.between = nn.Linear(dim, dim_out)
        self.head = nn.Linear(dim_out, 10)

    def forward(self, x):
        return self.head(self.between(self.into(x).relu()).relu())
`;

const rolesOf = (text: string) => matricesOf(onlyModel(text)).map(({ role }) => role);

const SCALED = `
class Scaled(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.scale = features ** -0.5
        self.inner = nn.Linear(784, features)

    def forward(self, x):
        return self.inner(x)
`;

describe('what a layer cannot be made without', () => {
  test.each(['nn.Linear(784, dim)', 'Dense(784, dim)', 'Dense(in_features=784, out_features=dim)'])(
    'is neither None nor a function: %s',
    (made) => {
      expect(rolesOf(net(made))).toEqual(['input', 'hidden', 'output']);
    },
  );

  test('is no function where another constructor, which is given it, multiplies it', () => {
    const text = net('Scaled(dim)', SCALED).replace('dim_out = first_of(dim_out, dim)', '');
    const last = text.replace('self.between', 'dim_out = first_of(dim_out, dim)\n        self.between');
    expect(rolesOf(last)).toEqual(['input', 'hidden', 'output']);
  });

  test.each([
    ['with another value', 'maker = 5', null],
    ['as it is', 'pass', 'input'],
  ])('says so of a setting alone that it is given %s', (_, between, role) => {
    const text = `
from torch import nn

class Net(nn.Module):
    def __init__(self, width, maker):
        super().__init__()
        size = maker() if callable(maker) else 7
        ${between}
        self.into = nn.Linear(size, width)
        self.between = nn.Linear(width, width)
        self.head = nn.Linear(width, 10)
        self.aside = nn.Linear(maker, 3)

    def forward(self, x):
        return self.head(self.between(self.into(x).relu()).relu())
`;
    expect(rolesOf(text)[0]).toBe(role);
  });
});
