import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

const attention = (init: string, scale = '', after = '') => `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocab, dim)
        self.q = nn.Linear(dim, dim, bias=False)
        self.k = nn.Linear(dim, dim, bias=False)
        self.v = nn.Linear(dim, dim, bias=False)
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, vocab)
        ${init}

    def forward(self, ids):
        x = self.embed(ids)
        q, k, v = self.q(x), self.k(x), self.v(x)
        logits = q @ k.transpose(-2, -1)${scale}
        return self.head(x + F.softmax(logits, dim=-1) @ v)
${after}
`;
const found = (source: string) =>
  analyse(source, { rules: { MUP208: 'warning' } }).findings.filter(({ code }) =>
    ['MUP202', 'MUP203', 'MUP208'].includes(code),
  );
const said = (source: string) => found(source).map(({ code, weights }) => `${code} ${weights.join(' ')}`);

const FOLDED = 'nn.init.normal_(self.q.weight, std=(dim * dim) ** -0.5)';

describe('a start of queries that falls faster than 1/√n', () => {
  test('is told where nothing scales the logits', () => {
    const source = attention(FOLDED);
    expect(said(source)).toEqual(['MUP208 q.weight']);
    const [finding] = found(source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(FOLDED);
  });

  test('is told where they are scaled by less than 1/d', () => {
    expect(said(attention(FOLDED, ' / math.sqrt(self.dim)'))).toEqual(['MUP208 q.weight']);
  });

  test('is no matter where they are scaled by 1/d, or the weight is trained as much slower', () => {
    expect(said(attention(FOLDED, ' / self.dim'))).toEqual([]);
    const slow = `
def train(vocab, dim, lr):
    net = Net(vocab, dim)
    slow = {'params': [net.q.weight], 'lr': lr / dim ** 2}
    rest = {'params': [p for name, p in net.named_parameters() if name != 'q.weight']}
    return torch.optim.Adam([slow, rest], lr=lr)`;
    expect(said(attention(FOLDED, '', slow))).toEqual([]);
  });
});

describe('another start', () => {
  test('that is usual is the business of MUP203', () => {
    expect(said(attention('pass'))).toEqual(['MUP203 q.weight k.weight']);
    expect(said(attention('nn.init.normal_(self.q.weight, std=dim ** -0.5)'))).toEqual([
      'MUP203 q.weight k.weight',
    ]);
  });

  test('at zero, or that is not known, says nothing', () => {
    expect(said(attention('nn.init.zeros_(self.q.weight)'))).toEqual(['MUP203 q.weight k.weight']);
    expect(said(attention('nn.init.normal_(self.q.weight, std=std_of(dim))'))).toEqual([]);
  });
});
