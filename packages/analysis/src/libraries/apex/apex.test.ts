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

test('and so is the function of one, whichever of the two is there', () => {
  const { weights } = onlyModel(`
import torch
from torch import nn
import torch.nn.functional as F
try:
    from apex.normalization.fused_layer_norm import fused_layer_norm_affine, fused_rms_norm_affine
    is_fused = True
except ImportError:
    is_fused = False

def layer_norm(x, shape, weight, bias, eps):
    if is_fused:
        return fused_layer_norm_affine(x, weight, bias, shape, eps)
    return F.layer_norm(x, shape, weight, bias, eps)

class Fast(nn.LayerNorm):
    def forward(self, x):
        return layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.mid, self.last = nn.Linear(8, width), nn.Linear(width, width), nn.Linear(width, 1)
        self.norm, self.gain = Fast(width), nn.Parameter(torch.ones(width))
        nn.init.normal_(self.mid.weight, std=0.02)

    def forward(self, x):
        x = self.norm(self.mid(torch.relu(self.first(x))))
        return self.last(fused_rms_norm_affine(x, self.gain, x.shape[-1:], 1e-6))
`);
  const known = weights.filter(({ a, b, role }) => a !== null && b !== null && role !== null);
  expect(known.map(({ name }) => name)).toEqual(weights.map(({ name }) => name));
  expect(weights.find(({ name }) => name === 'mid.weight')?.missing.map(({ kind }) => kind)).toEqual([
    'no-optimizer',
  ]);
});
