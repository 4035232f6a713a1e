import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The verdict on a network with μP's rates that hands its second layer this. */
function verdictOn(features: string): string | null | undefined {
  const { verdict } = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width)
        self.mix = nn.Linear(width, width, bias=False)
        self.leave = nn.Linear(width, 8)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = self.enter(x).relu()
        return self.leave(self.mix(${features}).relu())

def train(width, rate):
    net = Net(width)
    return torch.optim.Adam([
        {'params': [net.enter.weight, net.enter.bias, net.leave.bias], 'lr': rate},
        {'params': [net.mix.weight, net.leave.weight], 'lr': rate * 64 / width},
    ])
`);
  return verdict?.regime;
}

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
