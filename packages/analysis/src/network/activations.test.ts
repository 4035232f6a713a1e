import { expect, test } from 'vitest';
import { findingsOf, missingIn, onlyModel } from '../../test/check-findings.ts';

const net = (made: string, phi: string, start = 'pass') => `
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(784, width), nn.Linear(width, width), nn.Linear(width, 10)
        self.phi = ${made}
        ${start}
    def forward(self, x):
        return self.c(${phi}(self.b(${phi}(self.a(x)))))

net = Net(256)
torch.optim.Adam(net.parameters(), lr=1e-3)
`;

test.each([
  ['nn.ReLU6()', 'self.phi'],
  ['nn.ReLU6(inplace=True)', 'self.phi'],
  ['None', 'F.relu6'],
])('a ReLU with an upper bound is read: %s %s', (made, phi) => {
  const model = onlyModel(net(made, phi));
  expect(missingIn(model).join()).not.toContain('is not followed');
  const { widths, verdict, weights } = onlyModel(net('nn.ReLU()', 'self.phi'));
  expect(model).toMatchObject({ widths, verdict: { regime: verdict?.regime } });
  expect(model.weights.map(({ wants }) => wants)).toEqual(weights.map(({ wants }) => wants));
});

test('a norm behind it leaves features that grow against its upper bound', () => {
  const start = 'nn.init.normal_(self.b.weight, std=0.02)';
  const found = (phi: string) =>
    findingsOf('MUP101', net(`nn.Sequential(${phi}, nn.LayerNorm(width))`, 'self.phi', start));
  expect(found('nn.ReLU()')).toEqual([]);
  expect(found('nn.ReLU6()')).toHaveLength(1);
});
