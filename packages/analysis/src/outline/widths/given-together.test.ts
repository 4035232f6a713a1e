import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

/** A network that multiplies what its hidden layer makes by a number which a family of models gives. */
function family(calls: string, hidden = 'self.mid(h) * self.gain'): string {
  return `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, size, gain=0.0625, start=1.0):
        super().__init__()
        self.gain = gain
        self.inp = nn.Linear(16, size, bias=False)
        self.mid = nn.Linear(size, size, bias=False)
        self.out = nn.Linear(size, 4, bias=False)
        nn.init.normal_(self.mid.weight, std=start)

    def forward(self, x):
        h = torch.relu(self.inp(x))
        return self.out(torch.relu(${hidden}))

${calls}
`;
}

const ofHidden = (calls: string, hidden?: string) => {
  const row = onlyModel(family(calls, hidden)).weights[1];
  return [row?.a, row?.b];
};
const isTold = (calls: string) => findingsOf('MUP101', family(calls)).length > 0;

test('a number that a family of models gives with the width goes like the power of it that it follows', () => {
  expect(ofHidden('small, large = Net(256, 0.0625), Net(1024, 0.03125)')).toEqual([0.5, 0]);
  expect(ofHidden('small, large = Net(256), Net(1024, 0.031)')).toEqual([0.5, 0]);
  expect(ofHidden('for d, g in [(256, 0.0625), (1024, 0.03125)]:\n    net = Net(d, g)')).toEqual([0.5, 0]);
  expect(ofHidden('small, large = Net(256, 1.0, 0.25), Net(1024, 1.0, 0.125)')).toEqual([0, 0.5]);
});

test('one that follows none is unknown, and so are whole numbers that follow one', () => {
  expect(ofHidden('a, b, c = Net(256, 0.0625), Net(512, 0.05), Net(1024, 0.03125)')[0]).toBeNull();
  expect(ofHidden('small, large = Net(256, 16), Net(1024, 32)', 'self.mid(h) / self.gain')[0]).toBeNull();
  expect(isTold('a, b, c = Net(256, 0.0625), Net(512, 0.05), Net(1024, 0.03125)')).toBe(false);
});

test('one that is tried at several values for one width is no power of it', () => {
  const calls = 'for g in (0.1, 0.2):\n    for d in (256, 512):\n        net = Net(d, g)';
  expect(ofHidden(calls)).toEqual([0, 0]);
  expect(isTold(calls)).toBe(true);
});

test('numbers of heads that go with the width are left open, as of any model', () => {
  const source = `
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, size=768, heads=12):
        super().__init__()
        self.heads = heads
        self.table = nn.Embedding(100, size)
        self.norm = nn.LayerNorm(size)
        self.qkv = nn.Linear(size, 3 * size, bias=False)
        self.mix = nn.Linear(size, size, bias=False)
        self.last = nn.LayerNorm(size)
        self.out = nn.Linear(size, 100, bias=False)
        for layer in (self.qkv, self.mix):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, tokens):
        b, t = tokens.size()
        x = self.table(tokens)
        c = x.size(-1)
        q, k, v = self.qkv(self.norm(x)).split(c, dim=2)
        q = q.view(b, t, self.heads, c // self.heads).transpose(1, 2)
        k = k.view(b, t, self.heads, c // self.heads).transpose(1, 2)
        v = v.view(b, t, self.heads, c // self.heads).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.mix(y.transpose(1, 2).contiguous().view(b, t, c))
        return self.out(self.last(x))

small, large = Net(768, 12), Net(1280, 20)
`;
  expect(findingsOf('MUP101', source).flatMap(({ weights }) => weights)).toEqual([
    'qkv.weight',
    'mix.weight',
  ]);
  expect(findingsOf('MUP004', source)).toHaveLength(1);
});
