import { describe, expect, test } from 'vitest';
import { analyse, findingsOf } from '../../../test/check-findings.ts';
import type { AnalysisOptions } from '../../options.ts';

const heads = (scale: string, sizes = 'dim // heads') => `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim, heads):
        super().__init__()
        self.dim, self.heads, self.size = dim, heads, ${sizes}
        self.embed = nn.Embedding(vocab, dim)
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab)

    def forward(self, ids):
        x = self.embed(ids)
        b, t, c = x.shape
        q = self.q(x).view(b, t, self.heads, self.size).transpose(1, 2)
        k = self.k(x).view(b, t, self.heads, self.size).transpose(1, 2)
        v = self.v(x).view(b, t, self.heads, self.size).transpose(1, 2)
        logits = q @ k.transpose(-2, -1)${scale}
        y = (F.softmax(logits, dim=-1) @ v).transpose(1, 2).reshape(b, t, c)
        return self.head(x + self.out(y))
`;
const found = (source: string, options: Partial<AnalysisOptions> = {}) =>
  analyse(source, { profile: 'mup', ...options }).findings.filter(({ code }) =>
    ['MUP004', 'MUP202', 'MUP203'].includes(code),
  );
const codes = (source: string, options: Partial<AnalysisOptions> = {}) =>
  found(source, options).map(({ code }) => code);

describe('heads of which it is open whether they get longer', () => {
  test('are told where the logits are scaled by 1/√d', () => {
    const source = heads(' / math.sqrt(self.size)');
    const [finding, ...others] = found(source);
    expect(others).toEqual([]);
    expect(finding?.code).toBe('MUP004');
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'q @ k.transpose(-2, -1) / math.sqrt(self.size)',
    );
    expect(finding?.fixes[0]?.text).toContain('if `heads` grows with the width');
    expect(finding?.message).toContain('if models get more heads this scale of the logits is right');
  });

  test('are told where the scale is right for neither', () => {
    const [finding, ...others] = found(heads(' / math.sqrt(self.dim)'));
    expect(others).toEqual([]);
    expect(finding?.code).toBe('MUP004');
    expect(finding?.message).toContain(
      'if models get more heads no scale of the logits should fall with width, if heads get longer it should fall like 1/n',
    );
  });

  test('are too much whatever they do where what grows multiplies their logits', () => {
    const [finding, ...others] = found(heads(' / self.dim ** -0.5'));
    expect(others).toEqual([]);
    expect(finding?.code).toBe('MUP203');
    expect(finding?.message).toContain(
      'it grows like n^½ if models get more heads, and faster if heads get longer',
    );
    expect(codes(heads(' * math.sqrt(self.size)'))).not.toContain('MUP203');
    expect(codes(heads(' * 8'))).not.toContain('MUP203');
  });

  test('are told where the model holds the layers of a library that have them', () => {
    const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, dim, heads, classes):
        super().__init__()
        self.embed = nn.Linear(768, dim)
        self.blocks = nn.TransformerEncoder(nn.TransformerEncoderLayer(dim, heads, 4 * dim), 2)
        self.out = nn.Linear(dim, classes)

    def forward(self, x):
        return self.out(self.blocks(self.embed(x))[:, 0])

def build(dim, heads):
    model = Net(dim, heads, 10)
    return torch.optim.Adam(model.parameters(), lr=1e-3)
`;
    const { findings } = analyse(source, { profile: 'mup' });
    const textAt = (span?: { start: number; end: number }) => source.slice(span?.start, span?.end);
    const held = 'self.blocks = nn.TransformerEncoder(nn.TransformerEncoderLayer(dim, heads, 4 * dim), 2)';
    const [open, rate] = ['MUP004', 'MUP301'].map((code) => findings.find((one) => one.code === code));
    expect(held).toContain(textAt(open?.span));
    expect(rate?.related).toHaveLength(1);
    expect(held).toContain(textAt(rate?.related[0]?.span));
    expect(textAt(open?.span)).toContain('self.blocks');
  });

  test('are told at a kernel, and beside it where the code makes the logits without one', () => {
    const own = 'q @ k.mT / math.sqrt(self.size)';
    const source = heads('')
      .replace('        logits = q @ k.transpose(-2, -1)\n', '')
      .replace(
        /y = .*/,
        `if hasattr(F, 'scaled_dot_product_attention'):
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            y = F.softmax(${own}, dim=-1) @ v
        y = y.transpose(1, 2).reshape(b, t, c)`,
      );
    const [finding] = found(source);
    expect(finding?.code).toBe('MUP004');
    expect(finding?.related.map(({ span }) => source.slice(span.start, span.end))).toEqual([own]);
  });

  test('are told where nothing scales the logits', () => {
    expect(codes(heads(''))).toEqual(['MUP004']);
  });

  test('are no matter where the logits are scaled by 1/d, which is right for both', () => {
    expect(codes(heads(' / self.size'))).toEqual([]);
  });
});

describe('heads whose number and size have names of their own', () => {
  const apart = heads(' / math.sqrt(self.size)', 'size')
    .replace('dim, heads)', 'dim, heads, size)')
    .replace(/(self\.[qkv] =) nn.Linear\(dim, dim\)/g, '$1 nn.Linear(dim, heads * size, bias=False)')
    .replace('nn.Linear(dim, dim)', 'nn.Linear(heads * size, dim, bias=False)')
    .replace('reshape(b, t, c)', 'reshape(b, t, self.heads * self.size)');
  const starts = (options: Partial<AnalysisOptions>) =>
    analyse(apart, { profile: 'mup', ...options }).models[0]?.weights.find(
      ({ name }) => name === 'out.weight',
    );

  test('are as open as those of which one is made of the other', () => {
    const [finding, ...others] = found(apart);
    expect(others).toEqual([]);
    expect(finding?.code).toBe('MUP004');
    expect(finding?.message).toContain('Heads have `size` features');
    expect(finding?.fixes[0]?.text).toContain('if `heads` grows with the width');
  });

  test('are what the author says', () => {
    expect(codes(apart, { headScaling: 'head-dim' })).toEqual(['MUP202']);
    expect(codes(apart, { headScaling: 'head-count' })).toEqual([]);
    expect(codes(apart, { widths: ['dim', 'size'] })).toEqual(['MUP202']);
  });

  test('make a dimension that goes with the width, whichever of them does', () => {
    for (const headScaling of ['head-dim', 'head-count'] as const)
      expect(starts({ headScaling })).toMatchObject({ role: 'hidden', b: 0.5 });
  });
});

describe('heads that are layers of their own', () => {
  const listed = `
import math
import torch
from torch import nn

class Head(nn.Module):
    def __init__(self, dim, size):
        super().__init__()
        self.size = size
        self.q, self.k, self.v = nn.Linear(dim, size), nn.Linear(dim, size), nn.Linear(dim, size)
    def forward(self, x):
        logits = self.q(x) @ self.k(x).transpose(-2, -1) / math.sqrt(self.size)
        return logits.softmax(-1) @ self.v(x)

class Net(nn.Module):
    def __init__(self, rows, dim, heads):
        super().__init__()
        self.table = nn.Embedding(rows, dim)
        self.heads = nn.ModuleList([Head(dim, dim // heads) for _ in range(heads)])
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, rows)
    def forward(self, ids):
        x = self.table(ids)
        x = x + self.mix(torch.cat([one(x) for one in self.heads], -1))
        return self.head(x)
`;

  test('get longer where the author says so', () => {
    expect(codes(listed)).toContain('MUP004');
    expect(codes(listed, { headScaling: 'head-dim' })).toContain('MUP202');
    expect(codes(listed, { headScaling: 'head-dim' })).not.toContain('MUP004');
  });

  test('are no readouts where there are more of them', () => {
    expect(findingsOf('MUP104', listed, { headScaling: 'head-count' })).toHaveLength(1);
  });
});

describe('it is not open', () => {
  test('where the author says what is scaled', () => {
    const said = (headScaling: 'head-count' | 'head-dim') =>
      codes(heads(' / math.sqrt(self.size)'), { headScaling });
    expect(said('head-count')).toEqual([]);
    expect(said('head-dim')).toEqual(['MUP202']);
  });

  test('and a depth that is the same number as that of heads does not grow with them', () => {
    const deep = heads(' / math.sqrt(self.size)')
      .replace('dim, heads)', 'dim=768, heads=12, depth=12)')
      .replace(
        'self.head =',
        'nn.init.normal_(self.out.weight, std=0.02 / math.sqrt(depth))\n        self.head =',
      );
    const source = `${deep}\nmodel = Net(100, 768, 12, depth=12)\n`;
    const starts = (options: Partial<AnalysisOptions>) =>
      analyse(source, { profile: 'mup', ...options }).models[0]?.weights.find(
        ({ name }) => name === 'out.weight',
      )?.b;
    expect(starts({})).toBe(0);
    expect(starts({ headScaling: 'head-count' })).toBe(0);
  });

  test('where heads are a number', () => {
    expect(
      codes(
        heads(' / math.sqrt(self.size)', 'dim // 8')
          .replaceAll('self.heads, self.size', '8, self.size')
          .replace('8, self.size = dim, heads', 'self.size = dim'),
      ),
    ).toEqual(['MUP202']);
  });

  const stage = (size: string) =>
    heads(' / math.sqrt(self.dim)')
      .replace('dim, heads)', 'width, mult)')
      .replace('self.dim, self.heads, self.size = dim, heads, dim // heads', size)
      .replaceAll(/\.view\(b, t, self.heads, self.size\).transpose\(1, 2\)/g, '')
      .replace('.transpose(1, 2).reshape(b, t, c)', '')
      .replace('nn.Embedding(vocab, dim)', 'nn.Embedding(vocab, width)')
      .replace('nn.Linear(dim, vocab)', 'nn.Linear(width, vocab)')
      .replace('nn.Linear(dim, dim)\n        self.head', 'nn.Linear(dim, width)\n        self.head')
      .replaceAll('nn.Linear(dim, dim)', 'nn.Linear(width, dim)');

  test('where queries have a multiple of the width, as all channels of a stage', () => {
    const [finding] = found(stage('self.dim = dim = width * mult'));
    expect(finding?.code).toBe('MUP202');
    expect(finding?.assumptions).toContain('Assumes `mult` does not depend on width.');
  });

  test('where it is a multiple of the width, whichever of a list it is; not where it is a part of it', () => {
    const listed = (operator: string) => `dim = width ${operator} mult[0]
        for at in range(len(mult)): dim = width ${operator} mult[at]
        self.dim = dim`;
    expect(codes(stage(listed('*')))).toEqual(['MUP202']);
    expect(codes(stage(listed('//')))).not.toContain('MUP202');
  });

  test('where a head has so many features by a number', () => {
    expect(codes(heads(' / math.sqrt(self.size)', '64'))).toEqual([]);
  });
});

test('heads are counted by the name that divides the width, not by the part of each that is turned', () => {
  const cut = (name: string) => `${name} = torch.cat((${name}[..., :m], ${name}[..., m:]), dim=-1)`;
  const turned = heads(' / math.sqrt(self.size)')
    .replace('dim, heads):', 'dim, heads, part):')
    .replace('        self.embed', '        self.part = part\n        self.embed')
    .replace(
      '        v = self',
      `        m = int(self.part * self.size)\n        ${cut('q')}\n        ${cut('k')}\n        v = self`,
    );
  const [finding] = found(turned);
  expect(finding?.code).toBe('MUP004');
  expect(finding?.fixes.map(({ text }) => text).join()).toContain('`head-count` if `heads` grows');
});
