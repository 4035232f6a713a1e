import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The regime of a network with μP's rates of which a hidden matrix is made of this; null for unknown. */
function regimeOf(made: string, numbers: 'few' | 'data' = 'few'): string | null {
  const ofData = numbers === 'data';
  const { verdict } = onlyModel(`
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width)
        self.maker = nn.Linear(${ofData ? 16 : 4}, width * width, bias=False)
        ${ofData ? '' : 'self.few = nn.Parameter(torch.randn(4))'}
        self.leave = nn.Linear(width, 8)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        n = self.width
        h = self.enter(x).relu()
        matrix = ${made}
        return self.leave(torch.bmm(matrix, h.unsqueeze(-1)).squeeze(-1).relu())

def train(width, rate):
    net = Net(width)
    return torch.optim.Adam([
        {'params': [net.enter.weight, net.enter.bias, net.leave.bias, ${ofData ? 'net.maker.weight' : 'net.few'}], 'lr': rate},
        {'params': [${ofData ? '' : 'net.maker.weight, '}net.leave.weight], 'lr': rate * 64 / width},
    ])
`);
  return verdict?.regime ?? null;
}

test('whether a matrix that is made of few trained numbers adds up what it is applied to is not known', () => {
  for (const made of [
    'self.maker(self.few).view(1, n, n) / n ** 0.5',
    'torch.tanh(self.maker(self.few)).view(1, n, n) / n ** 0.5',
    '(self.maker(self.few) / n ** 0.5).reshape(1, n, n)',
  ])
    expect([made, regimeOf(made)]).toEqual([made, null]);
});

test('one that is made of data changes with the parameter alone', () => {
  expect(regimeOf('self.maker(x).view(-1, n, n) / n', 'data')).toBe('feature-learning');
});
