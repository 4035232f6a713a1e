import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

const attention = (optimizer: string, parts = 'q, k, v = self.qkv(x).split(self.dim, dim=2)') => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocab, dim)
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.out = nn.Linear(dim, dim, bias=False)
        self.head = nn.Linear(dim, vocab, bias=False)

    def forward(self, ids):
        x = self.embed(ids)
        ${parts}
        x = x + self.out(F.softmax(q @ k.transpose(-2, -1) / self.dim, dim=-1) @ v)
        return self.head(x)

def train(vocab, dim, lr):
    net = Net(vocab, dim)
    ${optimizer}
`;

const weights = (source: string) =>
  analyse(source, { rules: { MUP310: 'warning' } })
    .findings.filter(({ code }) => code === 'MUP310')
    .flatMap((one) => one.weights);

const MUON = 'optimizer = torch.optim.Muon([net.qkv.weight, net.out.weight], lr=lr)';

describe('a matrix that makes query, key and value at once', () => {
  test('is told where it is orthogonalized as one', () => {
    expect(weights(attention(MUON))).toEqual(['qkv.weight']);
    expect(weights(attention(MUON, 'q, k, v = self.qkv(x).chunk(3, dim=-1)'))).toEqual(['qkv.weight']);
  });

  test('is none of its business under another optimizer, or where a condition decides', () => {
    expect(
      weights(attention('optimizer = torch.optim.AdamW([net.qkv.weight, net.out.weight], lr=lr)')),
    ).toEqual([]);
    expect(
      weights(
        attention(
          'some = [net.out.weight]\n    if lr > 1:\n        some.append(net.qkv.weight)\n    optimizer = torch.optim.Muon(some, lr=lr)',
        ),
      ),
    ).toEqual([]);
  });

  test('is not one whose halves are rotated into each other', () => {
    const turned = `one, other = self.qkv(x).chunk(2, dim=-1)
        q = k = v = torch.cat([one * self.cos + other * self.sin, other * self.cos - one * self.sin], dim=-1)`;
    const source = attention(MUON, turned)
      .replace('nn.Linear(dim, 3 * dim', 'nn.Linear(dim, dim')
      .replace(
        '\n    def forward',
        "\n        self.register_buffer('cos', torch.ones(1))\n        self.register_buffer('sin', torch.ones(1))\n\n    def forward",
      );
    expect(weights(source)).toEqual([]);
    expect(weights(source.replace(/q = k = v = .*/, 'q, k, v = one, other, other'))).toEqual(['qkv.weight']);
  });

  test('is not a matrix of which all is used at once', () => {
    expect(weights(attention(MUON, 'q = k = v = self.out(x)'))).toEqual([]);
  });
});
