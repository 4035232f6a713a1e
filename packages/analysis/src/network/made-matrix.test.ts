import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** A model in μP whose hidden map is made of two matrices. */
const read = (hidden: string, rate = 'lr / width') => {
  const { verdict, weights } = onlyModel(`import torch
import torch.nn as nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width, bias=False)
        self.one = nn.Parameter(torch.randn(width, width) / width ** 0.5)
        self.two = nn.Linear(width, width, bias=False)
        self.gain = nn.Parameter(torch.ones(width))
        self.share = nn.Parameter(torch.ones(1))
        self.out = nn.Linear(width, 4, bias=False)
        nn.init.zeros_(self.out.weight)
    def forward(self, x):
        h = torch.relu(self.first(x) * self.gain) * self.share
        return self.out(torch.relu(${hidden}))
def train(width, lr):
    net = Net(width)
    hidden = [net.one, net.two.weight, net.out.weight]
    return torch.optim.Adam([{'params': [net.first.weight, net.gain, net.share], 'lr': lr}, {'params': hidden, 'lr': ${rate}}])
`);
  const of = (name: string) => weights.find((one) => one.name === name)?.role;
  return { regime: verdict?.regime ?? null, roles: [of('one'), of('two.weight')] };
};

test('a sum or product of weights is applied to features as its parts are', () => {
  for (const hidden of [
    'F.linear(h, self.one @ self.two.weight)',
    'F.linear(h, self.two.weight + 0.5 * self.one.T)',
    'h @ (self.one @ self.two.weight.T)',
    'h @ (self.two.weight + self.two.weight.T) + F.linear(h, self.one)',
  ])
    expect([hidden, read(hidden)]).toEqual([
      hidden,
      { regime: 'feature-learning', roles: ['hidden', 'hidden'] },
    ]);
});

test('a gain for each row or column of a matrix is one of what the matrix makes, or of what it is applied to', () => {
  for (const hidden of [
    'F.linear(h, self.one * self.gain[:, None]) + self.two(h)',
    'F.linear(h, self.gain * self.one) + self.two(h)',
    'F.linear(h, self.one * self.share) + self.two(h) * self.share',
    'h @ (self.one * self.gain[:, None]).t() + self.two(h)',
    'F.linear(h, self.gain[:, None] * (self.one + self.two.weight))',
    'F.linear(h, self.one / self.one.norm(dim=1, keepdim=True) * self.gain[:, None]) + self.two(h)',
  ])
    expect([hidden, read(hidden)]).toEqual([
      hidden,
      { regime: 'feature-learning', roles: ['hidden', 'hidden'] },
    ]);
  expect(read('F.linear(h, self.one * self.gain[:, None]) + self.two(h)', 'lr').regime).toBe('unstable');
  expect(read('F.linear(h, self.one * (h.shape[-1] * self.gain)[:, None]) + self.two(h)').regime).not.toBe(
    'feature-learning',
  );
});

test('a matrix of many gains is read as one of few, and one of very many parameters is not', () => {
  const gained = `F.linear(h, self.one${' * self.gain[:, None]'.repeat(40)}) + self.two(h)`;
  expect(read(gained)).toEqual({ regime: 'feature-learning', roles: ['hidden', 'hidden'] });
  const powers = (count: number) => read(`h @ (${Array(count).fill('self.one').join(' @ ')}) + self.two(h)`);
  expect(powers(3).roles).toEqual(['hidden', 'hidden']);
  expect(powers(80)).toEqual({ regime: null, roles: [null, 'hidden'] });
});

test('what code that is not read makes of a sum of matrices leaves open what they are', () => {
  expect(read('h @ own.scored(self.one + self.two.weight)')).toEqual({
    regime: null,
    roles: [null, 'hidden'],
  });
  expect(read('h @ (self.one + self.two.weight)').roles).toEqual(['hidden', 'hidden']);
});

test('so that their rates count as if each stood alone', () => {
  expect(read('F.linear(h, self.one @ self.two.weight)', 'lr').regime).toBe('unstable');
});

test('features that meet features are no weights', () => {
  expect(read('(h @ self.one) * (h @ self.two(h).T).sum(-1, keepdim=True)').regime).not.toBe(
    'feature-learning',
  );
});

test('what is added to a matrix is applied beside it: numbers, an identity, a mean of its rows', () => {
  const regimes = (hidden: readonly string[]) => hidden.map((one) => read(`${one} + self.two(h)`).regime);
  expect(
    regimes([
      'F.linear(h, self.one + torch.eye(h.shape[-1]))',
      'h @ (self.one - 0.5 * torch.eye(h.shape[-1]))',
    ]),
  ).toEqual(['feature-learning', 'feature-learning']);
  expect(
    regimes([
      'F.linear(h, self.one + torch.ones(h.shape[-1], h.shape[-1]) / h.shape[-1])',
      'F.linear(h, self.one + self.one.mean(1, keepdim=True))',
      'F.linear(h, self.one + self.one.mean(0))',
      'F.linear(h, self.one + self.one.mean())',
    ]),
  ).not.toContain('unstable');
  expect(
    regimes(['F.linear(h, self.one + torch.ones(h.shape[-1], h.shape[-1]) / h.shape[-1] ** 0.5)']),
  ).toEqual(['unstable']);
});

test.each([
  'F.linear(h, 0.5 * (self.one + self.one.mean(0)))',
  'h @ (self.one + self.one.mean(0))',
  'h @ (self.one + self.one.mean()).T',
  'torch.einsum("bi,oi->bo", h, self.one + self.one.mean(0))',
  'torch.einsum("bi,oi->bo", h, self.one + torch.eye(h.shape[-1]))',
  '((self.one + self.one.mean(0)) @ h.T).T',
])('and is left open where the product is not taken apart, however it is written: %s', (hidden) => {
  expect(read(`${hidden} + self.two(h)`).regime).toBeNull();
});
