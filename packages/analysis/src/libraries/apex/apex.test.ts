import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

test('a fused normalization is the one of PyTorch that the code falls back to', () => {
  const { weights } = onlyModel(`
import torch
from torch import nn
try:
    from apex.normalization import FusedLayerNorm as Norm
except ImportError:
    from torch.nn import LayerNorm as Norm

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.norm = Norm(width)
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        return self.last(torch.relu(self.norm(self.first(x))))
`);
  expect(
    weights.filter(({ name }) => name.startsWith('norm')).map(({ name, role }) => `${name} ${role}`),
  ).toEqual(['norm.weight input', 'norm.bias input']);
});
