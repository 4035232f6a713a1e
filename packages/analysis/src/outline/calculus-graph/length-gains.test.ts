import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A network with μP's rates, Adam's, of which the features behind the first layer are made so, and a readout of this rate. */
function modelOf(made: string, { own = 'torch.randn(width)', rate = '1 / width' } = {}) {
  return onlyModel(`
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width, bias=False)
        self.mix = nn.Linear(width, width, bias=False)
        self.own = nn.Parameter(${own})
        self.leave = nn.Linear(width, 8, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        n = self.width
        h = self.mix(self.enter(x))
        return self.leave(${made})

def train(width):
    net = Net(width)
    return torch.optim.Adam([
        {'params': [net.enter.weight], 'lr': 1e-3},
        {'params': [net.own], 'lr': ${own === 'torch.randn(width)' ? '1e-3' : '1 / width'}},
        {'params': [net.mix.weight], 'lr': 1 / width},
        {'params': [net.leave.weight], 'lr': ${rate}},
    ])
`);
}

/** The rate that is right for the readout, c of n^−c; null where that is not known. */
const readoutRateOf = ({ weights }: ReturnType<typeof onlyModel>) =>
  weights.find(({ name }) => name === 'leave.weight')?.wants?.c ?? null;

test.each([
  'h * F.normalize(self.own, dim=0)',
  'F.normalize(self.own, dim=0) * h',
  'h * (self.own / self.own.norm())',
])('of features that a gain of length 1 makes small it is not told what rate is right: %s', (made) => {
  const model = modelOf(made);
  expect([model.verdict?.regime ?? null, readoutRateOf(model)]).toEqual([null, null]);
});

test('a gain that is normalized to entries of size 1 leaves features as they are', () => {
  for (const gain of [
    'F.normalize(self.own, dim=0) * n ** 0.5',
    'self.own / self.own.pow(2).mean().sqrt()',
  ]) {
    const model = modelOf(`h * (${gain})`);
    expect([gain, model.verdict?.regime, readoutRateOf(model)]).toEqual([gain, 'feature-learning', 1]);
  }
});

test('a factor behind an activation of what a matrix made of parameters gives is not the readout’s for certain', () => {
  const own = 'torch.randn(width, width) / width ** 0.5';
  const regime = (matrix: string) =>
    modelOf(`(h @ ${matrix}).relu() / n ** 0.5`, { own, rate: '1' }).verdict?.regime ?? null;
  expect(regime('self.own')).toBe('unstable');
  expect(regime('self.own.abs()')).toBeNull();
});
