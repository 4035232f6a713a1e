import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** The roles of the weights of a model that reads features of any rank by a product, and mixes what it has read. */
function rolesBy(read: string): readonly string[] {
  const model = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.stem = nn.Linear(16, n)
        self.table = nn.Parameter(torch.randn(8, n))
        self.mix = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)

    def forward(self, x):
        x = self.stem(x).relu()
        read = ${read}
        return self.readout(self.mix(read).relu())
`);
  return ['mix.weight', 'readout.weight'].map((name) => {
    const row = model.weights.find((one) => one.name === name);
    return row?.role ?? '?';
  });
}

test('what an attention sums over are the entries of its features, however many dimensions these have before them', () => {
  expect(rolesBy('(self.table @ x.transpose(-1, -2)).softmax(-1) @ x')).toEqual(['hidden', 'output']);
});

test('of other products with features of any rank it is not known what they sum over', () => {
  expect(rolesBy('x.transpose(-1, -2) @ x')).not.toEqual(['hidden', 'output']);
});
