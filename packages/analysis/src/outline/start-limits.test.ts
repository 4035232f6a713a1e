import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

const net = (between: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, normed):
        super().__init__()
        self.normed = normed
        self.embed, self.mix, self.head = nn.Linear(10, width), nn.Linear(width, width), nn.Linear(width, 3)
        self.norm = nn.LayerNorm(width)
        nn.init.normal_(self.mix.weight, std=0.02)
        nn.init.zeros_(self.head.weight)

    def forward(self, x, angles):
        x = self.mix(torch.tanh(self.embed(x)))
        ${between}
        return self.head(x.relu())
`;

test.each([
  ['x = self.norm(x * x)', []],
  ['if self.normed: x = self.norm(x * x)', []],
  ['if self.normed: x = x * x', ['MUP101']],
  ['a, b = x.chunk(2, -1); x = self.norm(x * angles.cos() + torch.cat([-b, a], -1) * angles.sin())', []],
  ['a, b = x.chunk(2, -1); x = x * angles.cos() + torch.cat([-b, a], -1) * angles.sin()', ['MUP101']],
])(
  'a start has no limit where a norm takes the size of products, on one way or all: %s',
  (between, codes) => {
    expect(analyse(net(between)).findings.map(({ code }) => code)).toEqual(codes);
  },
);

const attention = (decorator: string) => `import torch
from outside import replaced
from torch import nn
import torch.nn.functional as F


def half(x):
    a = x[..., : x.shape[-1] // 2]
    b = x[..., x.shape[-1] // 2 :]
    return torch.cat((-b, a), dim=-1)


${decorator}
def rotated(q, k, cos, sin):
    return q * cos + half(q) * sin, k * cos + half(k) * sin


class Att(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.length = width // heads
        self.q = nn.Linear(width, width, bias=False)
        self.k = nn.Linear(width, width, bias=False)
        self.v = nn.Linear(width, width, bias=False)
        self.o = nn.Linear(width, width, bias=False)
        self.qn = nn.RMSNorm(self.length)
        self.kn = nn.RMSNorm(self.length)

    def forward(self, x, table):
        b, t, n = x.shape
        shape = (*x.shape[:-1], -1, self.length)
        q = self.q(x).view(shape).transpose(1, 2)
        k = self.k(x).view(shape).transpose(1, 2)
        v = self.v(x).view(b, t, self.heads, self.length).transpose(1, 2)
        cos, sin = table
        q, k = rotated(q, k, cos, sin)
        y = F.scaled_dot_product_attention(self.qn(q), self.kn(k), v, is_causal=True)
        return self.o(y.transpose(1, 2).reshape(b, t, n))


class Net(nn.Module):
    def __init__(self, vocab, width, heads):
        super().__init__()
        self.wte = nn.Embedding(vocab, width)
        self.norm = nn.RMSNorm(width)
        self.att = Att(width, heads)
        self.last = nn.RMSNorm(width)
        self.head = nn.Linear(width, vocab, bias=False)
        self.apply(self.start)

    def start(self, m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=0.02)

    def forward(self, ids, table):
        h = self.wte(ids)
        h = h + self.att(self.norm(h), table)
        return self.head(self.last(h))
`;

test.each(['', "@replaced('turned')"])(
  'queries and keys that are turned before norms start as they may: %s',
  (decorator) => {
    const told = analyse(attention(decorator)).findings.filter(({ code }) => code === 'MUP101');
    expect(told.flatMap(({ weights }) => weights).filter((name) => /[qk]/.test(name))).toEqual([]);
  },
);
