import type { InitExponent } from '@widthwise/core';
import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../test/check-findings.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** What is right for the rate of a weight in a block that finds out as `read` says how long its input is, after `asked`. */
function rateBy({
  asked,
  read,
  size = 'n // 4',
}: {
  readonly asked: string;
  readonly read: string;
  readonly size?: string;
}): number | null {
  const { weights } = onlyModel(`import torch
from torch import nn
from torch.nn import functional as F

class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.qkv = nn.Linear(n, 3 * n)
        self.out = nn.Linear(n, n)

    def forward(self, x):
        ${read}
        q, k, v = (part.view(b, t, 4, ${size}).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1))
        y = F.scaled_dot_product_attention(q, k, v)
        return self.out(y.transpose(1, 2).reshape(b, t, n))

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.tokens = nn.Embedding(1000, n)
        self.positions = nn.Embedding(64, n)
        self.block = Block(n)
        self.readout = nn.Linear(n, 1000)

    def forward(self, ids):
        x = self.tokens(ids)
        ${asked}
        return self.readout(x + self.block(x))

net = Net(n=256)
torch.optim.Adam(net.parameters(), lr=1e-3)
`);
  return weights.find(({ name }) => name === 'block.qkv.weight')?.wants?.c ?? null;
}

const ASKED = 'x = x + self.positions(torch.arange(ids.shape[1]))';
const READ = 'b, t, n = x.shape[0], x.shape[1], x.shape[-1]';

test('ids of which the second length is asked for have two dimensions, so that the second of their rows is no feature', () => {
  expect(rateBy({ asked: ASKED, read: 'b, t, n = x.shape' })).toBe(1);
  expect(rateBy({ asked: ASKED, read: READ })).toBe(1);
  expect(rateBy({ asked: ASKED.replace('ids.shape[1]', 'ids.size(1)'), read: READ })).toBe(1);
  expect(rateBy({ asked: ASKED.replace('ids.shape[1]', 'ids.shape[-2]'), read: READ })).toBe(1);
});

test('where features are all split into heads, what stands in front of them is none, however many dimensions ids have', () => {
  expect(rateBy({ asked: 'x = 1 * x', read: READ })).toBe(1);
  expect(rateBy({ asked: ASKED.replace('[1]', '[0]'), read: READ })).toBe(1);
});

test('where the last length of heads is left open, the second of the rows may be the features', () => {
  expect(rateBy({ asked: 'x = 1 * x', read: READ, size: '-1' })).toBeNull();
});

test('features of rows that are known to have more dimensions are those that they were', () => {
  const { missing } = onlyModel(`import torch
from torch import nn

class Level(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(n))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.gain

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.tokens, self.level = nn.Embedding(1000, n), Level(n)
        self.mix, self.readout = nn.Linear(n, n), nn.Linear(n, 1000)

    def forward(self, ids):
        length = ids.size(1)
        return self.readout(torch.relu(self.mix(self.level(self.tokens(ids)))))

net = Net(n=256)
torch.optim.Adam(net.parameters(), lr=1e-3)
`);
  expect(missing).toEqual([]);
});

test('data of which nothing but the number of dimensions is known is no features of a norm', () => {
  const { unread } = analyser.analyse(`import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, n, heads):
        super().__init__()
        self.heads, self.size = heads, n // heads
        self.norm, self.enter = nn.LayerNorm(n), nn.Linear(n, 7 * n)
        self.back, self.down = nn.Linear(n, n), nn.Linear(4 * n, n)
        self.parts = [4 * n] + [n] * 3

    def forward(self, x):
        b, t, c = x.shape
        h, q, k, v = torch.split(self.enter(self.norm(x)), self.parts, dim=-1)
        q, k, v = (one.view(b, t, self.heads, self.size).transpose(1, 2) for one in (q, k, v))
        y = nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, c)
        return x + self.back(y) + self.down(nn.functional.gelu(h))
`);
  expect(unread).toEqual([]);
});

/** What is right for the start of a query that is split into heads, and whose scores may have what `x` says of distances. */
function startBy(split: string): InitExponent | null {
  const { weights } = onlyModel(`import torch
from torch import nn

class Attention(nn.Module):
    def __init__(self, n, relative=False):
        super().__init__()
        self.query = nn.Linear(n, n)
        self.key = nn.Linear(n, n)
        self.relative = relative
        self.far = nn.Embedding(127, n // 4)
        nn.init.normal_(self.query.weight, std=0.02)

    def split(self, x):
        return ${split}

    def forward(self, x):
        q, k = self.split(self.query(x)), self.split(self.key(x))
        scores = q @ k.transpose(-1, -2)
        if self.relative:
            at = torch.arange(x.size()[1])
            e = self.far(at.view(-1, 1) - at.view(1, -1) + 63)
            scores = scores + torch.einsum('bhld,lrd->bhlr', q, e)
        return (scores / q.size(-1)).softmax(-1) @ k

class Net(nn.Module):
    def __init__(self, n, relative=False):
        super().__init__()
        self.tokens = nn.Embedding(1000, n)
        self.norm = nn.LayerNorm(n)
        self.attention = Attention(n, relative)
        self.readout = nn.Linear(n // 4, 1000)

    def forward(self, ids):
        return self.readout(self.attention(self.norm(self.tokens(ids))))

def build(n, relative):
    return Net(n=n, relative=relative)
`);
  return weights.find(({ name }) => name === 'attention.query.weight')?.wants?.b ?? null;
}

test('what heads are split of has one dimension less than they, and what that is made of as many', () => {
  const split = 'x.view(x.size()[:-1] + (4, -1)).permute(0, 2, 1, 3)';
  expect(startBy(split)).toBe(0.5);
  expect(startBy(split.replace('permute(0, 2, 1, 3)', 'transpose(-3, -2)'))).toBeNull();
});

/** Findings of MUP202 in a block whose features come through `norm` and are taken apart once more where more is given. */
const told = (norm: string) =>
  findingsOf(
    'MUP202',
    `import math
import torch
from torch import nn
from torch.nn import functional as F

class Reader(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.norm = ${norm}
        self.ask, self.key = nn.Linear(features, features), nn.Linear(features, features)
        self.value, self.out = nn.Linear(features, features), nn.Linear(features, features)

    def forward(self, x, before=None):
        h = self.norm(x)
        q, k, v = self.ask(h), self.key(h), self.value(h)
        b, t, c = q.size()
        q, k, v = (one.view(b, t, 4, c // 4).transpose(1, 2) for one in (q, k, v))
        if before is not None:
            k = torch.cat((before, k), dim=-2)
        w = F.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), dim=-1)
        return x + self.out((w @ v).transpose(1, 2).reshape(b, t, c))
`,
  );

test.each(['nn.LayerNorm(features)', 'nn.LayerNorm(features, elementwise_affine=False)', 'nn.Identity()'])(
  'what is spread along data leaves them as many dimensions as what is made of them: %s',
  (norm) => expect(told(norm)).toHaveLength(1),
);
