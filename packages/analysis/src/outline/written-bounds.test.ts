import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../test/check-findings.ts';

/** A network of which each hidden unit, or each output, is bounded by what the code writes out. */
const bounding = (how: string, where: 'features' | 'outputs') => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, data, n):
        super().__init__()
        self.enter, self.between = nn.Linear(data, n), nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)

    def forward(self, x):
        y = self.between(self.enter(x).relu())
        ${where === 'features' ? `y = ${how}\n        return self.readout(y)` : `y = self.readout(y)\n        return ${how}`}

def train(net: Net):
    torch.optim.Adam(net.parameters(), lr=1e-3)
`;

test.each([
  'y / (1 + y.abs())',
  'y / torch.sqrt(y ** 2 + 1)',
  'y * torch.rsqrt(y * y + 4.0)',
  '15 * y * (y.square() + 15 ** 2).rsqrt()',
  '0.5 * y / (y.square() + 1).sqrt()',
])('x / √(x² + c) and x / (|x| + c) are an activation that saturates: %s', (how) => {
  for (const where of ['features', 'outputs'] as const) {
    const source = bounding(how, where);
    expect(onlyModel(source).verdict).not.toBeNull();
    expect(findingsOf('MUP302', source)).toHaveLength(1);
    expect(findingsOf('MUP301', source)).toHaveLength(1);
  }
});

test.each([
  ['of another tensor', 'y * (y.relu().square() + 1).rsqrt()'],
  ['of what is not positive', 'y * (y.square() - 1).rsqrt()'],
  ['of a number that is not known', 'y * (y.square() + x.shape[0]).rsqrt()'],
  ['that keeps a divisor from 0 alone', 'y * (y.square() + 1e-8).rsqrt()'],
  ['of a sum over them', 'y / (1 + y.abs()).sum(-1, keepdim=True)'],
  ['beside the size of all', 'y * (y.square().mean(-1, keepdim=True) + 1).rsqrt()'],
  ['beside a size from below', 'y * (y.square().mean(-1, keepdim=True).clamp(min=1.0)).rsqrt()'],
  ['with its own length', 'y / (y.norm(dim=-1, keepdim=True) + y.shape[-1])'],
  ['with what is trained', 'y / (y.norm(dim=-1, keepdim=True) + self.readout.bias)'],
  [
    'of a matrix of parameters',
    'nn.functional.linear(x, self.enter.weight * (self.enter.weight.square() + 1).rsqrt())',
  ],
  ['of another power', 'y * (y.square() + 1).pow(-0.25)'],
])('but not %s', (_, how) => {
  expect(onlyModel(bounding(how, 'outputs')).verdict).toBeNull();
});
