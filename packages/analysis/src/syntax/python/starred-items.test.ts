import { expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

/** What is said of an attention without a scale whose heads are taken apart from a shape. */
const said = (heads: string) =>
  analyse(`
import torch
from torch import nn

class Attention(nn.Module):
    def __init__(self, dim, heads, dim_head=64):
        super().__init__()
        self.heads = heads
        self.narrow = dim // dim_head
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        ${heads}
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (t.reshape(b, n, h, -1).transpose(1, 2) for t in (q, k, v))
        weights = (q @ k.transpose(-1, -2)).softmax(dim=-1)
        return self.out((weights @ v).transpose(1, 2).reshape(b, n, -1))

class Net(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.embed = nn.Linear(10, dim)
        self.attention = Attention(dim, heads)
        self.head = nn.Linear(dim, 10)

    def forward(self, x):
        return self.head(self.attention(self.embed(x)))

net = Net(256, 8)
`).findings.map(({ code }) => code);

test('a star at the beginning of a list is of all that follows up to the comma', () => {
  const narrow = said('b, n, _, h = (*x.shape, self.narrow)');
  expect(narrow).not.toContain('MUP203');
  expect(said('b, n, _, h = *x.shape, self.narrow')).toEqual(narrow);
  expect(said('b, n, _, h = *x.size(), self.narrow')).not.toContain('MUP203');
  expect(said('b, n, h = *x.shape[:2], self.narrow')).not.toContain('MUP203');
  expect(said('b, n, _, h = *x.shape, 8')).toContain('MUP203');
});
