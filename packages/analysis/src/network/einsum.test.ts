import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** The roles of the weights of a network whose layers are products that `product` writes. */
function readBy(product: string, asked = 'pass'): readonly (string | null)[] {
  const { weights } = onlyModel(`import torch
from torch import nn

class Layer(nn.Module):
    def __init__(self, of, to):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(to, of))
    def forward(self, x):
        return ${product}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.stem = Layer(16, n)
        self.mix = Layer(n, n)
        self.readout = Layer(n, 10)
    def forward(self, x):
        ${asked}
        return self.readout(self.mix(self.stem(x).relu()).relu())
`);
  return weights.map(({ role }) => role);
}

const LINEAR = ['input', 'hidden', 'output'];

test.each([
  "torch.einsum('bi,oi->bo', x, self.weight)",
  "torch.einsum('...i,oi->...o', x, self.weight)",
  "torch.einsum('oi, ...i -> ...o', self.weight, x)",
  "torch.einsum('... i, o i', x, self.weight)",
])('a layer is a product over what it has in common with its weight: %s', (product) => {
  expect(readBy(product)).toEqual(LINEAR);
});

test.each([
  "torch.einsum('...i,oi->...o', x, self.weight)",
  "torch.einsum('bi...,oi->bo...', x.transpose(1, 2), self.weight).transpose(1, 2)",
])('three dots stand for dimensions that are listed, too: %s', (product) => {
  expect(readBy(product, 'b, t, d = x.shape')).toEqual(LINEAR);
  expect(readBy("torch.einsum('...i,oi->...o', x, self.weight)", 't = x.shape[1]')).toEqual(LINEAR);
});

test('what they stand for is not followed where it is summed over, or spread', () => {
  expect(readBy("torch.einsum('...i,oi->o', x, self.weight)")).not.toEqual(LINEAR);
  const spread = "torch.einsum('...i,...oi->...o', x, self.weight[None])";
  expect(readBy(spread, 'b, t, d = x.shape')).not.toEqual(LINEAR);
});
