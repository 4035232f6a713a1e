import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

interface Numbers {
  /** How many there are that are trained; those of data are not. */
  readonly of?: 'few' | 'many' | 'data';
  /** What is made of the matrix and the features. */
  readonly hidden?: string;
}

const APPLIED = 'torch.bmm(matrix, h.unsqueeze(-1)).squeeze(-1)';

/** The regime of a network with μP's rates of which a hidden matrix is made of this; null for unknown. */
function regimeOf(made: string, { of = 'few', hidden = APPLIED }: Numbers = {}): string | null {
  const [ofData, mixes] = [of === 'data', hidden.includes('self.mix')];
  const count = { few: '4', many: 'width', data: '16' }[of];
  const { verdict } = onlyModel(`
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width)
        self.maker = nn.Linear(${count}, ${hidden.includes('matrix') ? 'width * width' : 'width'}, bias=False)
        ${ofData ? '' : `self.numbers = nn.Parameter(torch.randn(${count}))`}
        ${mixes ? 'self.mix = nn.Linear(width, width, bias=False)' : ''}
        self.leave = nn.Linear(width, 8)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        n = self.width
        h = self.enter(x).relu()
        matrix = ${made}
        return self.leave((${hidden}).relu())

def train(width, rate):
    net = Net(width)
    return torch.optim.Adam([
        {'params': [net.enter.weight, net.enter.bias, net.leave.bias, ${ofData ? 'net.maker.weight' : 'net.numbers'}], 'lr': rate},
        {'params': [${ofData ? '' : 'net.maker.weight, '}net.leave.weight${mixes ? ', net.mix.weight' : ''}], 'lr': rate * 64 / width},
    ])
`);
  return verdict?.regime ?? null;
}

test('whether a matrix that is made of few trained numbers adds up what it is applied to is not known', () => {
  for (const made of [
    'self.maker(self.numbers).view(1, n, n) / n ** 0.5',
    'torch.tanh(self.maker(self.numbers)).view(1, n, n) / n ** 0.5',
    '(self.maker(self.numbers) / n ** 0.5).reshape(1, n, n)',
  ])
    expect([made, regimeOf(made)]).toEqual([made, null]);
});

test('one that is made of data changes with the parameter alone', () => {
  expect(regimeOf('self.maker(x).view(-1, n, n) / n', { of: 'data' })).toBe('feature-learning');
});

test('one that is made of as many numbers as there are features adds up', () => {
  expect(regimeOf('self.maker(self.numbers).view(1, n, n) / n', { of: 'many' })).toBe('feature-learning');
});

test('rows of few numbers are features of the layer that is applied to them', () => {
  const rows = 'self.maker(self.numbers).view(1, n, n)';
  expect(regimeOf(rows, { hidden: 'h + self.mix(matrix).relu().mean(1)' })).toBe('feature-learning');
});

test('a vector of few numbers is no matrix', () => {
  const hidden = 'h * (h @ self.maker(self.numbers) / n).unsqueeze(-1)';
  expect(regimeOf('None', { hidden })).toBe('feature-learning');
});
