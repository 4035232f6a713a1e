import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

describe('what a function starts is not known under a decorator', () => {
  for (const [decorators, known] of [
    ['from lib import twice\n@twice', '~unknown'],
    ['from lib.store import cache\n@cache', '~unknown'],
    ['from .tools import profile\n@profile', '~unknown'],
    ['import functools\n@functools.singledispatch', '~unknown'],
    ['@torch.no_grad()', '~1'],
    ['import functools\n@functools.lru_cache', '~1'],
    ['import spmd_types as spmd\n@spmd.local_map(out_types=(spmd.V,))', '~1'],
    ['from lightning_utilities.core.rank_zero import rank_zero_only\n@rank_zero_only', '~1'],
  ]) {
    test(`that is ${known === '~1' ? 'harmless' : 'not read'}: ${decorators}`, () => {
      checkValues(`
${decorators}
def start(m):
    nn.init.ones_(m.weight)
b = nn.Linear(n, n)
start(b)
b.weight  # reveals: ${known}
`);
    });
  }
});

describe('the output of a model has an unknown factor whose class gets its forward pass in its body:', () => {
  const model = (body: string) => `
import torch
from torch import nn
from lib import scaled
def times(f):
    return f
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(8, n)
        self.c = nn.Linear(n, 1)
    def forward(self, x):
        return self.c(torch.relu(self.a(x)))
    ${body}
def train(n, lr=1e-3):
    net = Net(n)
    opt = torch.optim.Adam(net.parameters(), lr=lr)
`;
  const factor = (body: string) => onlyModel(model(body)).weights.find(({ name }) => name === 'c.weight')?.a;
  for (const body of [
    'forward = scaled(forward)',
    'if flag: forward = scaled(forward)',
    '__call__ = lambda self, x: self.forward(x) / 8',
    'forward = times(forward)',
    'forward, other = pair(forward)',
  ]) {
    test(body, () => expect(factor(body)).toBeNull());
  }

  test('and none where the body gives it other things', () => {
    for (const body of ['size = 3', 'forward: object', 'backward = forward'])
      expect(factor(body), body).toBe(0);
  });
});

test('a model of a metaclass that may make other methods of its own has an unknown factor', () => {
  const factor = (metaclass: string, bases = 'nn.Module') => {
    const model = onlyModel(`
import abc
import torch
from torch import nn
from lib import Other

class Divided(type):
    def __new__(cls, name, bases, body):
        forward = body['forward']
        body['forward'] = lambda self, x: forward(self, x) / self.n
        return super().__new__(cls, name, bases, body)

class Base(nn.Module, metaclass=${metaclass || 'type'}):
    pass

class Net(${bases}):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.a = nn.Linear(8, n)
        self.c = nn.Linear(n, 1)

    def forward(self, x):
        return self.c(torch.relu(self.a(x)))

net = Net(64)
`);
    return model.weights.find(({ name }) => name === 'c.weight')?.a;
  };
  expect(factor('', 'nn.Module, metaclass=Divided')).toBeNull();
  for (const metaclass of ['Divided', 'Other']) expect(factor(metaclass, 'Base'), metaclass).toBeNull();
  for (const metaclass of ['abc.ABCMeta', 'type']) expect(factor(metaclass, 'Base'), metaclass).toBe(0);
});
