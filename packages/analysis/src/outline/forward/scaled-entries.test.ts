import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A model whose hidden layer applies what `kernel` makes of its matrix `w` and a style `s`. */
const modulated = (kernel: string, apply = "torch.einsum('bi,boi->bo', h, k)") =>
  onlyModel(`import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.style = nn.Linear(8, width)
        self.w = nn.Parameter(torch.randn(width, width))
        self.gain = nn.Parameter(torch.ones(width))
        self.out = nn.Linear(width, 4)
    def forward(self, x, z):
        h = torch.relu(self.first(x))
        s = self.style(z)
        k = ${kernel}
        return self.out(torch.relu(${apply}))
def train(width):
    net = Net(width)
    return torch.optim.Adam(net.parameters(), lr=1e-3)
`);

test('a matrix whose entries features scale is no gain, and what it makes has no verdict', () => {
  const model = modulated('self.w[None] * (s[:, None, :] + 1)');
  expect(model.weights.find(({ name }) => name === 'w')?.role ?? null).toBeNull();
  expect(model.missing?.map((one) => JSON.stringify(one)).join()).toContain('scales its entries');
});

test('a gain, and a matrix that a gain scales, are what they were', () => {
  const gain = modulated('self.gain * s', 'h * k');
  expect(gain.weights.find(({ name }) => name === 'gain')?.role).toBe('input');
  for (const kernel of ['self.w * self.gain[:, None]', 'self.gain * self.w']) {
    const scaled = modulated(kernel, 'h @ k.t() + s');
    expect(scaled.weights.map(({ name, role }) => [name, role])).toContainEqual(['w', 'hidden']);
    expect(scaled.weights.map(({ name, role }) => [name, role])).toContainEqual(['gain', 'input']);
  }
});
