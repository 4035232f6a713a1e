import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import type { ModelOutline } from '../../model-outline.ts';

/** A network with μP's rates that hands its second layer this. */
function modelOn(features: string): ModelOutline {
  const hasGain = features.includes('self.gain');
  return onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width)
        self.mix = nn.Linear(width, width, bias=False)
        ${hasGain ? 'self.gain = nn.Parameter(torch.ones(1))' : ''}
        self.leave = nn.Linear(width, 8)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = self.enter(x).relu()
        return self.leave(self.mix(${features}).relu())

def train(width, rate):
    net = Net(width)
    return torch.optim.Adam([
        {'params': [net.enter.weight, net.enter.bias, net.leave.bias${hasGain ? ', net.gain' : ''}], 'lr': rate},
        {'params': [net.mix.weight, net.leave.weight], 'lr': rate * 64 / width},
    ])
`);
}

const verdictOn = (features: string) => modelOn(features).verdict?.regime;

test.each([
  'h',
  'h.mean(-1, keepdim=True).expand(-1, self.width)',
  '(h.sum(-1, keepdim=True) / self.width).expand(-1, self.width)',
])('what a mean is repeated to along the width stays as large: %s', (features) => {
  expect(verdictOn(features)).toBe('feature-learning');
});

test('and a sum grows', () => {
  expect(verdictOn('h.sum(-1, keepdim=True).expand(-1, self.width)')).toBe('unstable');
});

test('a factor on a gain that is repeated is its multiplier', () => {
  const { weights } = modelOn('h * (self.gain / self.width).expand(self.width)');
  expect(weights.find(({ name }) => name === 'gain')?.wants).toEqual({ a: 1, b: 0, c: 0 });
});
