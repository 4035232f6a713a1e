import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** What is right for a bias behind which the code normalizes itself. */
const wanted = (normalize: string) =>
  onlyModel(`
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(8, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 1)
    def forward(self, x):
        z = self.b(torch.relu(self.a(x)))
        ${normalize}
        return self.c(torch.relu(z))
def train(n, lr=1e-3):
    net = Net(n)
    opt = torch.optim.Adam(net.parameters(), lr=lr / n)
`).weights.find(({ name }) => name === 'b.bias')?.wants?.c;

describe('a bias is not seen where each channel loses its mean over the data', () => {
  for (const normalize of [
    'z = (z - z.mean(0)) / z.std(0)',
    'z = z - z.mean(dim=0, keepdim=True)',
    'm = z.mean(0); d = z - m; z = d / (d.pow(2).mean(0) + 1e-5).sqrt()',
    'z = (z - z.mean(0)) * torch.rsqrt(z.var(0) + 1e-5)',
  ]) {
    test(normalize, () => expect(wanted(normalize) ?? null).toBeNull());
  }
});

describe('a bias is seen where it keeps a part', () => {
  for (const normalize of [
    'z = z - z.mean(-1, keepdim=True)',
    'z = (z - z.mean(-1, keepdim=True)) / z.std(-1, keepdim=True)',
    'z = z / z.std(0)',
    'z = z - z.mean(0) + z',
  ]) {
    test(normalize, () => expect(wanted(normalize)).toBe(0));
  }
});
