import { describe, expect, test } from 'vitest';
import { graphOf } from '../../test/graph-of.ts';

/** A model of parts that its constructor makes and a forward pass. */
function model(init: string, forward: string): string {
  const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '        ');
  return `
import math, torch
import torch.nn.functional as F
from torch import nn, einsum
from einops import pack, rearrange, unpack

class Net(nn.Module):
    def __init__(self, d, h, layers, vocab):
        super().__init__()
${indented(init)}

    def forward(self, x):
${indented(forward)}
`;
}

/** The nodes that are made of others, without those that hold shapes and weights. */
function operations(source: string): readonly string[] {
  return graphOf(source)
    .filter((line) => !/\] (?:input|view \d+|\w+\.\w*)$/.test(line))
    .map((line) => line.replace(/^\d+ /, '').replace(/(?<!of)(?: \d+)+$/, ''));
}

test('a linear layer is a contraction and a sum, a lookup one with one-hot rows', () => {
  expect(
    graphOf(model('self.e = nn.Embedding(vocab, d)\nself.a = nn.Linear(d, 4)', 'return self.a(self.e(x))')),
  ).toEqual([
    '0 […] input',
    '1 [… vocab] view 0',
    '2 [vocab d] Embedding.weight',
    '3 [… d] contract z,zy->y 1 2',
    '4 [4 d] Linear.weight',
    '5 [… 4] contract z,yz->y 3 4',
    '6 [4] Linear.bias',
    '7 [… 4] add 5 6',
    'returns 7',
  ]);
});

const HEADS = `
self.e = nn.Embedding(vocab, d)
self.qkv = nn.Linear(d, 3 * d, bias=False)
self.h = h`;
const SPLIT = `
x = self.e(x)
B, T, C = x.size()
q, k, v = self.qkv(x).split(C, dim=2)
q = q.view(B, T, self.h, C // self.h).transpose(1, 2)
k = k.view(B, T, self.h, C // self.h).transpose(1, 2)
v = v.view(B, T, self.h, C // self.h).transpose(1, 2)`;
const MANUAL = `${SPLIT}
att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
return F.softmax(att, dim=-1) @ v`;

test('attention is the same graph however it is written', () => {
  const manual = graphOf(model(HEADS, MANUAL));
  const kernel = graphOf(
    model(HEADS, `${SPLIT}\nreturn F.scaled_dot_product_attention(q, k, v, is_causal=True)`),
  );
  const packed = graphOf(
    model(HEADS, MANUAL.replace('.split(C, dim=2)', '.chunk(3, dim=-1)').replace('@ v', '.matmul(v)')),
  );
  const scale = (lines: readonly string[]) => lines.map((line) => line.replace(/scale .*(?= \d+$)/, 'scale'));
  expect(scale(kernel)).toEqual(scale(manual));
  expect(packed).toEqual(manual);
  expect(manual.slice(-12)).toEqual([
    '5 [data data (3 * d)] contract abz,yz->aby 3 4',
    '6 [data data d] part 0 of 3 5',
    '7 [data h data (d / h)] view 6',
    '8 [data data d] part 1 of 3 5',
    '9 [data h (d / h) data] view 8',
    '10 [data h data data] contract deca,deab->decb 7 9',
    '11 [data h data data] scale (1.0 / (d / h)^1/2) 10',
    '12 [data h data data] softmax data 11',
    '13 [data data d] part 2 of 3 5',
    '14 [data h data (d / h)] view 13',
    '15 [data h data (d / h)] contract deca,deab->decb 12 14',
    'returns 15',
  ]);
});

describe('a normalization is one, whoever writes it:', () => {
  const NORMS: Readonly<Record<string, string>> = {
    'as a function': 'F.rms_norm(y, (y.size(-1),))',
    'by its mean of squares': 'y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + 1e-6)',
    'in float': 'y.float() * torch.rsqrt(y.float().square().mean(-1, keepdim=True) + 1e-6)',
    'by mean and deviation': '(y - y.mean(-1, keepdim=True)) / (y.std(-1, keepdim=True) + 1e-6)',
    'by mean and variance': '(y - y.mean(-1, keepdim=True)) / torch.sqrt(y.var(-1, keepdim=True) + 1e-6)',
  };
  for (const [how, code] of Object.entries(NORMS)) {
    test(how, () => {
      expect(
        operations(model('self.a = nn.Linear(3, d, bias=False)', `y = self.a(x)\nreturn ${code}`)),
      ).toEqual(['[… d] contract z,yz->y', '[… d] norm', 'returns']);
    });
  }

  test('also where its gain stands before the division', () => {
    const lines = operations(
      model(
        'self.a = nn.Linear(3, d, bias=False)\nself.g = nn.Parameter(torch.ones(d))',
        'y = self.a(x)\nreturn self.g * (y - y.mean(-1, keepdim=True)) / (y.std(-1, keepdim=True) + 1e-6)',
      ),
    );
    expect(lines).toEqual(['[… d] contract z,yz->y', '[… d] norm', '[… d] contract a,a->a', 'returns']);
  });

  test('to length 1 it leaves entries of 1/√d', () => {
    const lengths = ['F.normalize(y, dim=-1)', 'y / y.norm(dim=-1, keepdim=True)'];
    for (const code of lengths) {
      const lines = operations(
        model('self.a = nn.Linear(3, d, bias=False)', `y = self.a(x)\nreturn ${code}`),
      );
      expect(lines.slice(1, 2)).toEqual(['[… d] norm']);
      expect(lines[2]).toMatch(/^\[… d\] scale d\^(?:-1\/2|1\/2\^-1\/1)$/);
    }
  });
});

test('a tensor that names are given of is its parts, as those that unbind makes of it', () => {
  const parts = (after: string) =>
    operations(
      model(
        HEADS,
        `s = rearrange(self.qkv(self.e(x)), 'b t (s h d) -> s b h t d', s=3, h=self.h)
q, k, v = s${after}
att = (q @ k.transpose(-2, -1)) * k.size(-1) ** -0.5
return F.softmax(att, dim=-1) @ v`,
      ),
    ).map((line) => line.replace(/ \d of 3$/, ''));
  expect(parts('')).toEqual(parts('.unbind(0)'));
  expect(parts('').join()).toMatch(/contract \w+,\w+->\w+.*softmax/s);
});

test('a gate of one half by the other is a product', () => {
  const lines = operations(
    model('self.a = nn.Linear(3, 2 * d, bias=False)', 'return F.glu(self.a(x), dim=-1)'),
  );
  expect(lines.slice(-3)).toMatchInlineSnapshot(`
    [
      "[… d] sigmoid",
      "[… d] contract a,a->a",
      "returns",
    ]
  `);
});

describe('pooling over positions to one leaves the channels,', () => {
  test.each(['F.adaptive_avg_pool2d(y, 1)', 'F.adaptive_max_pool2d(y, (1, 1))'])('%s', (code) => {
    const init = 'self.a = nn.Conv2d(3, d, 3, bias=False)\nself.c = nn.Linear(d, 4, bias=False)';
    const lines = graphOf(model(init, `y = self.a(x)\nreturn self.c(torch.flatten(${code}, 1))`));
    expect(lines.at(-2)).toMatch(/4\] contract \w*,\w*->\w* /);
    expect(lines.join('\n')).not.toContain('unread');
  });

  test('and over features it is followed where it is their mean', () => {
    const pooled = (how: string) =>
      graphOf(
        model('self.a = nn.Linear(3, d, bias=False)', `return F.adaptive_${how}_pool1d(self.a(x), 1)`),
      ).join('\n');
    expect(pooled('max')).toContain('unread');
    expect(pooled('avg')).not.toContain('unread');
  });
});

test.each(['self.a', 'lambda y: self.a(y)', 'self.half'])(
  'what %s makes within a checkpoint is what it makes',
  (code) => {
    const called = (body: string) =>
      operations(
        `${model('self.a = nn.Linear(3, d, bias=False)', body)}\n    def half(self, y):\n        return self.a(y)\n`,
      );
    const imported = 'from torch.utils.checkpoint import checkpoint';
    expect(called(`${imported}\nreturn checkpoint(${code}, x, use_reentrant=False)`)).toEqual(
      called('return self.a(x)'),
    );
  },
);

test('a loop over blocks leaves what its second round leaves, if that is as the first', () => {
  const lines = operations(
    model(
      'self.b = nn.ModuleList([nn.Linear(d, d, bias=False) for _ in range(layers)])',
      'for b in self.b: x = x + b(x)\nreturn x',
    ),
  );
  expect(lines).toEqual([
    '[… d] contract z,yz->y',
    '[… d] add',
    '[… d] contract z,yz->y',
    '[… d] add',
    '[… d] repeat',
    'returns',
  ]);
  const sequential = operations(
    model(
      'self.b = nn.Sequential(*[nn.Linear(d, d, bias=False) for _ in range(layers)])',
      'return self.b(x)',
    ),
  );
  expect(sequential).toEqual(['[… d] contract z,yz->y', '[… d] contract z,yz->y', '[… d] repeat', 'returns']);
});

test('a mean over features is a sum against ones and a factor, one over the data is a view', () => {
  const init = 'self.a = nn.Linear(3, d, bias=False)';
  expect(operations(model(init, 'return self.a(x).mean(-1)'))).toEqual([
    '[… d] contract z,yz->y',
    '[…] contract a,a->',
    '[…] scale (1 / d)',
    'returns',
  ]);
  expect(operations(model(init, 'B, T, C = x.shape\nreturn self.a(x).mean(1)'))).toEqual([
    '[data data d] contract abz,yz->aby',
    'returns',
  ]);
});

test('a convolution sums over channels and kernel; one for each channel does not sum over them', () => {
  expect(operations(model('self.a = nn.Conv2d(3, d, 5)', 'return F.relu(self.a(x))'))).toEqual([
    '[data d data data] contract bixyuv,oiuv->boxy',
    '[data d data data] add',
    '[data d data data] relu',
    'returns',
  ]);
});

test('GELU and squares of ReLU are those, written out', () => {
  const init = 'self.a = nn.Linear(3, d, bias=False)';
  const cubic = '0.5 * y * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (y + 0.044715 * torch.pow(y, 3.0))))';
  const act = (code: string) => operations(model(init, `y = self.a(x)\nreturn ${code}`)).slice(1, -1);
  expect(act(cubic)).toEqual(['[… d] gelu', '[… d] scale 0.5']);
  expect(act('F.relu(y).square()')).toEqual(['[… d] relu2']);
  expect(act('torch.pow(torch.relu(y), 2)')).toEqual(['[… d] relu2']);
});

test('what is put one behind the other is a sum of both with room for the other', () => {
  const lines = operations(
    model(
      'self.a = nn.Linear(3, d, bias=False)\nself.b = nn.Linear(3, d, bias=False)',
      'return torch.cat([self.a(x), self.b(x)], dim=-1)',
    ),
  );
  expect(lines).toEqual(['[… d] contract z,yz->y', '[… d] contract z,yz->y', '[… (2 * d)] add', 'returns']);
});

test('einops names the dimensions', () => {
  const lines = graphOf(
    model(
      'self.a = nn.Linear(d, d, bias=False)\nself.h = h',
      "return rearrange(self.a(x), 'b n (h k) -> b h n k', h=self.h)",
    ),
  );
  expect(lines.at(-2)).toBe('4 [data h data (d / h)] view 3');
});

test('einops puts dimensions of a weight together and takes them apart again', () => {
  const lines = graphOf(
    model(
      'self.w = nn.Parameter(torch.randn(d, h, 3))',
      `
flat, shapes = pack([self.w], 'o *')
return F.conv1d(x, unpack(F.normalize(flat, dim=-1), shapes, 'o *')[0])`,
    ),
  );
  expect(lines.slice(3, 8)).toEqual([
    '3 [d (3 * h)] view 2',
    '4 [d (3 * h)] norm 3',
    '5 [d (3 * h)] scale (3 * h)^-1/2 4',
    '6 [d h 3] view 5',
    '7 [data d data] contract bixu,oiu->box 1 6',
  ]);
});

test('einops packs tokens behind one another and unpacks each of them with its own shape', () => {
  const packed = (forward: string) =>
    graphOf(
      model(
        'self.e = nn.Embedding(vocab, d)\nself.extra = nn.Parameter(torch.randn(h, d))',
        `
words = rearrange(self.e(x), 'n d -> 1 n d')
extra = rearrange(self.extra, 'n d -> 1 n d')
${forward}`,
      ),
    );
  const lines = packed(
    "both, shapes = pack([words, extra], 'b * d')\nreturn unpack(both, shapes, 'b * d')[1]",
  );
  expect(lines.slice(-4)).toEqual([
    '6 [1 (data + h) d] view 5',
    '7 [1 (data + h) d] add 4 6',
    '8 [1 h d] part 1 of 2 7',
    'returns 8',
  ]);
  const unknown = packed(
    "both, _ = pack([words, extra], 'b * d')\nreturn unpack(both, self.shapes, 'b * d')[1]",
  );
  expect(unknown.slice(-2)).toEqual(["8 [?] unread 'einops.unpack' 7", 'returns 8']);
});

test('a convolution with a weight that the code makes is that of a layer', () => {
  const layer = 'self.a = nn.Conv2d(h, d, 3)';
  const init = `${layer}\nself.w = nn.Parameter(torch.randn(d, h, 3, 3))\nself.b = nn.Parameter(torch.zeros(d))`;
  const contractions = (code: string) => operations(model(init, `return ${code}`));
  expect(contractions('F.conv2d(x, self.w, self.b, padding=1)')).toEqual(contractions('self.a(x)'));
  expect(contractions('F.conv2d(self.a(x), torch.ones(d, 1, 3, 3), groups=d)').join()).toContain('conv2d');
});

test('a matrix that is a parameter is a weight wherever it is multiplied with', () => {
  const init = 'self.w = nn.Parameter(torch.randn(d, 3))';
  for (const code of [
    'x @ self.w.T',
    'F.linear(x, self.w)',
    'x @ self.w.t()',
    "einsum('bi,oi->bo', x.view(-1, 3), self.w)",
  ]) {
    const lines = operations(model(init, `return ${code}`));
    expect(lines.filter((line) => line.includes('contract')).length).toBe(1);
    expect(lines.join()).not.toContain('unread');
  }
});

test('an equation shows how many dimensions tensors have', () => {
  const init = 'self.a = nn.Linear(3, d)\nself.w = nn.Parameter(torch.randn(5, d, 7))';
  const lines = operations(model(init, "return einsum('btd,hdk->bhtk', self.a(x), self.w)"));
  expect(lines.at(-2)).toBe('[data 5 data 7] contract btd,hdk->bhtk');
  expect(operations(model(init, "return einsum('d,hdk->hk', self.a(x), self.w)")).join()).not.toContain(
    'unread',
  );
  expect(operations(model(init, "return einsum('bd,hd->bh', self.a(x), self.w)")).join()).toContain('unread');
});

test('an equation of several tensors contracts one after the other, and last the one weight among them over all that it has in common with the others', () => {
  const init = 'self.a = nn.Linear(3, d)\nself.w = nn.Parameter(torch.randn(5, d, d))';
  const lines = operations(model(init, "return einsum('bi,oij,bj->bo', self.a(x), self.w, self.a(x * 2))"));
  expect(lines.filter((line) => line.includes('contract b'))).toEqual([
    '[data d d] contract bi,bj->bij',
    '[data 5] contract bij,oij->bo',
  ]);
  const two = operations(
    model(
      `${init}\nself.v = nn.Parameter(torch.randn(d, 4))`,
      "return einsum('bi,oij,jk->bok', self.a(x), self.w, self.v)",
    ),
  );
  expect(two.filter((line) => line.includes('contract b'))).toEqual([
    '[data 5 d] contract bi,oij->boj',
    '[data 5 4] contract boj,jk->bok',
  ]);
  expect(operations(model(init, "return einsum('bi,oij->bo', self.a(x), self.w, x)")).join()).toContain(
    'unread',
  );
});

test('a class of tensors makes one of the lengths that it is given', () => {
  for (const made of ['torch.empty', 'torch.Tensor', 'torch.FloatTensor']) {
    const lines = graphOf(
      model(`self.w = nn.Parameter(${made}(3, d))`, 'return x @ torch.spmm(self.w, self.w.t())'),
    );
    expect(lines.some((line) => line.includes('[3 d]'))).toBe(true);
    expect(lines.join()).not.toContain('unread');
  }
});

test('a stretch up to a number that is not known is no longer than what it is cut from', () => {
  const init = "self.a = nn.Linear(3, d)\nself.register_buffer('t', torch.randn(50, d))";
  for (const bound of ['h.size(1)', 'h.shape[1]', 'mystery(h)'])
    expect(operations(model(init, `h = self.a(x)\nreturn h + self.t[:${bound}]`)).at(-3)).toContain(
      '[50 d] part',
    );
});

test('what is not understood is unread there and nowhere else', () => {
  const lines = operations(
    model(
      'self.a = nn.Linear(3, d, bias=False)\nself.b = nn.Linear(d, 4, bias=False)',
      'return self.b(mystery(self.a(x)))',
    ),
  );
  expect(lines).toEqual([
    '[… d] contract z,yz->y',
    "[?] unread 'a call'",
    '[… 4] contract z,yz->y',
    'returns',
  ]);
});

test('an optional input that code uses as an object is not given', () => {
  const source = model(
    'self.a = nn.Linear(3, d, bias=False)',
    'y = self.a(x)\nif cache is not None: y = cache.update(y)\nreturn y',
  );
  expect(operations(source.replace('forward(self, x)', 'forward(self, x, cache=None)'))).toEqual([
    '[… d] contract z,yz->y',
    'returns',
  ]);
});

test('a layer of attention is its projections, a part of one matrix each, and attention in heads', () => {
  const lines = operations(
    model(
      'self.e = nn.Embedding(vocab, d)\nself.a = nn.MultiheadAttention(d, h, bias=False)',
      'x = self.e(x)\ny, _ = self.a(x, x, x)\nreturn y',
    ),
  );
  expect(lines.map((line) => line.replace(/scale .*/, 'scale'))).toEqual([
    '[… d] contract z,zy->y',
    '[… (3 * d)] contract z,yz->y',
    '[… d] part 0 of 3',
    '[… d] part 1 of 3',
    '[… h data data] contract dca,dab->dcb',
    '[… h data data] scale',
    '[… h data data] softmax data',
    '[… d] part 2 of 3',
    '[… h data (d / h)] contract dca,dab->dcb',
    '[… d] contract z,yz->y',
    'returns',
  ]);
});

test('a shape of which not all is known is put together with the lengths behind it, and has as many as change places', () => {
  const heads = `y = self.a(x)
y = y.view(y.size()[:-1] + (self.h, -1))
return y.permute(0, 2, 1, 3).contiguous().view(-1, y.size(1), y.size(-1))`;
  expect(graphOf(model('self.h = h\nself.a = nn.Linear(d, d, bias=False)', heads)).at(-2)).toMatch(
    /^\d+ \[h data \(d \/ h\)\] view/,
  );
});

test('one of what a model is given may be a tensor of any number of dimensions', () => {
  const parts = operations(model('self.e = nn.Embedding(vocab, d)', 'return self.e(x[0])'));
  expect(parts).toContain('[… d] contract z,zy->y');
});

test('the two sides of a cut, joined again, are as long as what was cut', () => {
  const joined = (sides: string) =>
    graphOf(
      model(
        'self.e = nn.Embedding(vocab, d)\nself.h = h',
        `y = self.e(x)\nreturn torch.cat((${sides}), dim=-1)`,
      ),
    ).at(-2);
  expect(joined('y[..., :self.h], y[..., self.h:]')).toMatch(/^\d+ \[… d\] add/);
  expect(joined('y[..., self.h:], y[..., :self.h]')).toMatch(/^\d+ \[… d\] add/);
  expect(joined('y[..., :self.h], y[..., 2 * self.h:]')).not.toMatch(/^\d+ \[… d\]/);
});

describe('what a model is given of earlier steps, beside its layers', () => {
  const cached = (joined: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, d, layers):
        super().__init__()
        self.e = nn.Embedding(vocab, d)
        self.keys = nn.ModuleList([nn.Linear(d, d, bias=False) for _ in range(layers)])

    def forward(self, x, pasts):
        batch, positions = x.shape
        h = self.e(x)
        if pasts is None:
            pasts = tuple([None] * len(self.keys))
        for key, past in zip(self.keys, pasts):
            k = key(h)
            if past is not None:
                k = ${joined}
            h = h + k.mean(-2, keepdim=True)
        return h
`;
  const unread = (source: string) => graphOf(source).filter((line) => / unread/.test(line));

  test('is data, as long as what it is put in front of but along the positions', () => {
    const source = cached('torch.cat((past[0], k), dim=-2)');
    expect(unread(source)).toEqual([]);
    expect(graphOf(source).join('\n')).toMatch(/\[data \(data \+ data\) d\] view/);
  });

  test('along a dimension that is not known it is not followed', () => {
    expect(unread(cached('torch.cat((past[0], k), dim=at)'))).not.toEqual([]);
  });
});

test('what may be None is what else it may be where the code has asked', () => {
  const unread = (used: string) =>
    graphOf(
      model(
        'self.e = nn.Embedding(vocab, d)\nself.a = nn.Linear(d, d)\nself.h = h',
        `y = self.e(x)\nz = self.a(y) if self.h > 2 else None\n${used}\nreturn y`,
      ),
    ).filter((line) => / unread/.test(line));
  for (const asked of ['z is not None', 'z != None', 'not z is None', 'z'])
    expect(unread(`if ${asked}:\n    y = torch.cat((y, z), dim=0)`)).toEqual([]);
  expect(unread('if z is None:\n    y = 2 * y\nelse:\n    y = torch.cat((y, z), dim=0)')).toEqual([]);
  for (const asked of ['z is None', 'self.h > 4', 'not z'])
    expect(unread(`if ${asked}:\n    y = torch.cat((y, z), dim=0)`)).not.toEqual([]);
  expect(unread('if z is not None:\n    y = 2 * y\ny = torch.cat((y, z), dim=0)')).not.toEqual([]);
});
