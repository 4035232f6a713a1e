import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

const attention = (heads: string) => `
import torch
from torch import nn
from einops import rearrange
from settings import chosen

class Attend(nn.Module):
    def __init__(self, n, size=32):
        super().__init__()
        self.heads = n // size
        self.size = size
        self.qkv = nn.Linear(n, 3 * n)
        self.out = nn.Linear(n, n)
    def forward(self, x):
        q, k, v = (rearrange(one, 'b t (h d) -> b h t d', ${heads}) for one in self.qkv(x).chunk(3, dim=-1))
        weights = (q @ k.transpose(-2, -1) * self.size ** -0.5).softmax(dim=-1)
        return self.out(rearrange(weights @ v, 'b h t d -> b t (h d)'))

class Net(nn.Module):
    def __init__(self, n, classes=10):
        super().__init__()
        self.stem = nn.Linear(16, n)
        self.attend = Attend(n)
        self.head = nn.Linear(n, classes)
    def forward(self, x):
        x = self.stem(x)
        return self.head((x + self.attend(x)).mean(1))
`;

describe('a dimension that is taken apart', () => {
  test('has what the others leave for one of its names, and for several nobody knows what', () => {
    checkValues(`
from einops import rearrange
k = 3
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(k, n)
    def forward(self, x):
        y = self.a(x)
        rearrange(y, 'b (h d) -> b h d', h=k).shape[-1]  # reveals: n
        rearrange(y, 'b (h d) -> b h d', d=n).shape[1]  # reveals: 1
        rearrange(y, 'b (h d) -> b h d', h=other).shape[-1]  # reveals: unknown
        rearrange(y, 'b (h e d) -> b h e d', e=2, h=other).shape[1]  # reveals: unknown
        return y
Net()(torch.randn(5, 3))
`);
  });

  test('no product is told to sum over all of it where the number of heads is not read', () => {
    expect(findingsOf('MUP203', attention('h=chosen(x)'))).toEqual([]);
    expect(findingsOf('MUP203', attention('h=self.heads'))).toEqual([]);
    expect(findingsOf('MUP203', attention('h=1').replace(' * self.size ** -0.5', ''))).toHaveLength(1);
  });
});
