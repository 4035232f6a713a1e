import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

/** One head over the whole width, whose logits are as given. */
function model(logits: string, project = ''): string {
  return `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Attention(nn.Module):
    def __init__(self, dim, flash=True):
        super().__init__()
        self.dim, self.flash = dim, flash
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, dim)
        self.q_norm = nn.LayerNorm(dim)
        self.k_norm = nn.LayerNorm(dim)

    def forward(self, x, mask=None):
        q, k, v = self.q(x), self.k(x), self.v(x)
        ${project}
        ${logits.replace(/^\n/, '').replaceAll('\n', '\n        ')}
        return self.out(F.softmax(logits, dim=-1) @ v)

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.attention = Attention(dim)
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, vocab)

    def forward(self, ids):
        h = self.embed(ids)
        h = h + self.attention(h)
        return self.head(self.norm(h))
`;
}

/** Several heads, each of so many features. */
function heads(args: string, shape: string, scaled: string): string {
  const split = (of: string) => `${of} = ${of}.view(b, t, ${shape}).transpose(1, 2)`;
  const logits = `b, t, c = x.shape\n${split('q')}\n${split('k')}\n${split('v')}\nlogits = ${scaled}`;
  return model(logits)
    .replace('flash=True', args)
    .replace('return self.out(F.softmax(logits, dim=-1) @ v)', RETURN);
}

const RETURN = 'return self.out((F.softmax(logits, dim=-1) @ v).transpose(1, 2).reshape(b, t, c))';

const said = (code: string, source: string) =>
  findingsOf(code, source).map(({ span }) => source.slice(span.start, span.end));

const SQRT: readonly (readonly [string, string, string])[] = [
  [
    'at the product',
    'logits = q @ k.transpose(-2, -1) / math.sqrt(self.dim)',
    'q @ k.transpose(-2, -1) / math.sqrt(self.dim)',
  ],
  [
    'by the length of the keys',
    'logits = q @ k.transpose(-2, -1) * k.size(-1) ** -0.5',
    'q @ k.transpose(-2, -1) * k.size(-1) ** -0.5',
  ],
  ['at the queries', 'q = q * self.dim ** -0.5\nlogits = q @ k.transpose(-2, -1)', 'q * self.dim ** -0.5'],
  [
    'in two halves',
    'logits = (q * self.dim ** -0.25) @ (k * self.dim ** -0.25).transpose(-2, -1)',
    'k * self.dim ** -0.25',
  ],
  [
    'under a mask',
    "logits = q @ k.transpose(-2, -1) / math.sqrt(self.dim)\nif mask is not None:\n    logits = logits.masked_fill(mask == 0, float('-inf'))",
    'q @ k.transpose(-2, -1) / math.sqrt(self.dim)',
  ],
  [
    'under a mask of which nothing is known',
    'logits = q @ k.transpose(-2, -1) / math.sqrt(self.dim)\nlogits += falling(x.shape[1])[:, :8]',
    'q @ k.transpose(-2, -1) / math.sqrt(self.dim)',
  ],
  [
    'by the index of the features',
    "b, t, c = q.shape\nb, t, c = k.shape\nlogits = torch.einsum('bid,bjd->bij', q, k) / math.sqrt(self.dim)",
    "torch.einsum('bid,bjd->bij', q, k) / math.sqrt(self.dim)",
  ],
];

describe('MUP202 finds 1/√d over features that grow', () => {
  for (const [name, logits, at] of SQRT) {
    test(name, () => expect(said('MUP202', model(logits))).toEqual([at]));
  }

  test('in a kernel that scales by itself', () => {
    const source = model('logits = x').replace(
      'F.softmax(logits, dim=-1) @ v',
      'F.scaled_dot_product_attention(q, k, v)',
    );
    expect(said('MUP202', source)).toEqual(['F.scaled_dot_product_attention(q, k, v)']);
    expect(findingsOf('MUP202', source)[0]?.fixes[0]?.text).toBe(
      'Give it `scale=`, 1/√d of the d features of a head times (n₀/n)^½: at the width n₀ nothing changes, and they are scaled by 1/d.',
    );
    const given = source.replace('(q, k, v)', '(q, k, v, scale=self.dim ** -0.5)');
    expect(findingsOf('MUP202', given)[0]?.fixes[0]?.text).toContain('Multiply its `scale=` by (n₀/n)^½');
  });

  test('with what follows', () => {
    const [finding] = findingsOf('MUP202', model(SQRT[0]?.[1] ?? ''));
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toBe(
      'Attention logits are sums over `dim` and scaled by n^-½ alone (n = `dim`): once training correlates queries and keys they grow like n^½',
    );
    expect(finding?.fixes[0]?.text).toContain('by (n₀/n)^½ besides: at the width n₀ nothing changes');
  });

  test('where a number of heads does not grow', () => {
    expect(
      said(
        'MUP202',
        heads('flash=True', '4, self.dim // 4', 'q @ k.transpose(-2, -1) * (self.dim // 4) ** -0.5'),
      ),
    ).toHaveLength(1);
  });
});

describe('MUP203 finds that nothing scales', () => {
  test('the product of queries and keys', () => {
    const source = model('logits = q @ k.transpose(-2, -1)');
    const [finding] = findingsOf('MUP203', source);
    expect(said('MUP203', source)).toEqual(['q @ k.transpose(-2, -1)']);
    expect(finding?.message).toBe(
      'A dot product of activations sums over `dim`, and nothing that falls with width scales it before the softmax ' +
        '(n = `dim`): it grows like n^½ at initialization and like n with training',
    );
    expect(finding?.fixes[0]?.text).toContain('by (n₀/n)');
  });

  test('a kernel that is told to multiply by a number', () => {
    const source = model('logits = x').replace(
      'F.softmax(logits, dim=-1) @ v',
      'F.scaled_dot_product_attention(q, k, v, scale=1.0)',
    );
    expect(said('MUP203', source)).toHaveLength(1);
  });

  test('a factor that grows, as of what is divided by d^-½', () => {
    const source = model('scale = self.dim ** -0.5\nlogits = q @ k.transpose(-2, -1) / scale');
    expect(said('MUP203', source)).toEqual(['q @ k.transpose(-2, -1) / scale']);
    const [finding] = findingsOf('MUP203', source);
    expect(finding?.message).toBe(
      'A dot product of activations sums over `dim`, and is multiplied by what grows like n^½ before the softmax ' +
        '(n = `dim`): it grows like n at initialization and like n^3/2 with training',
    );
    expect(finding?.fixes[0]?.text).toContain('by (n₀/n)^3/2');
    for (const right of ['self.dim ** 0.5 / self.dim ** 1.5', 'self.dim ** -0.5 * self.dim ** -0.5']) {
      expect(said('MUP203', model(`logits = q @ k.transpose(-2, -1) * (${right})`))).toEqual([]);
    }
  });
});

describe('where code makes the logits itself when it has no kernel', () => {
  const both = (kernel: string, own: string) =>
    model(
      `if self.flash:\n    y = F.scaled_dot_product_attention(${kernel})\nelse:\n    logits = ${own}\n    y = F.softmax(logits, dim=-1) @ v`,
    ).replace('return self.out(F.softmax(logits, dim=-1) @ v)', 'return self.out(y)');

  test.for([
    ['MUP202', 'q, k, v', '(q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))'],
    ['MUP202', 'q, k, v', 'torch.matmul(q, k.mT) / math.sqrt(self.dim)'],
    ['MUP203', 'q, k, v, scale=1.0', 'q @ k.mT'],
  ] as const)('%s of the kernel names both places', ([code, kernel, own]) => {
    const source = both(kernel, own);
    const [finding, ...more] = findingsOf(code, source);
    expect(more).toEqual([]);
    expect(said(code, source)).toEqual([`F.scaled_dot_product_attention(${kernel})`]);
    const [place] = finding?.related ?? [];
    expect(place?.message).toContain('without the kernel the same logits are made here');
    expect(source.slice(place?.span.start, place?.span.end)).toBe(own);
  });

  test('not where that is of other queries and keys', () => {
    const [finding] = findingsOf('MUP202', both('q, k, v', 'x @ v.mT'));
    expect(finding?.related.map(({ message }) => message).join()).not.toContain('kernel');
  });
});

describe('both are silent where', () => {
  const silent = (name: string, source: string) =>
    test(name, () => expect([...said('MUP202', source), ...said('MUP203', source)]).toEqual([]));
  const unscaled = 'logits = q @ k.transpose(-2, -1)';
  const sqrt = `${unscaled} / math.sqrt(self.dim)`;

  silent('they are divided by d', model(`${unscaled} / self.dim`));
  silent('a multiplier makes 1/d of 1/√d', model(`${sqrt} * (64 / self.dim) ** 0.5`));
  silent('queries and keys are normalized', model(sqrt, 'q, k = self.q_norm(q), self.k_norm(k)'));
  silent(
    'they are normalized and nothing scales',
    model(unscaled, 'q, k = F.normalize(q, dim=-1), F.normalize(k, dim=-1)'),
  );
  silent('a soft cap holds them', model(`${sqrt}\nlogits = 30 * torch.tanh(logits / 30)`));
  silent('a condition chooses 1/d', model(`${unscaled} / (self.dim if self.flash else math.sqrt(self.dim))`));
  silent('another way divides by d', model(`if self.flash:\n    ${unscaled} / self.dim\nelse:\n    ${sqrt}`));
  silent('a learned number scales them', model(`${unscaled} * self.q_norm.weight.mean()`));
  silent(
    'it is not known whether a head grows',
    heads(
      'flash=True, heads=8',
      'self.heads, self.dim // self.heads',
      'q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))',
    )
      .replace('self.flash = dim, flash', 'self.heads = dim, heads')
      .replace('vocab, dim):', 'vocab, dim, heads):')
      .replace('Attention(dim)', 'Attention(dim, heads=heads)'),
  );
  silent(
    'a head has a fixed number of features',
    heads('flash=True', 'self.dim // 64, 64', 'q @ k.transpose(-2, -1) * 64 ** -0.5'),
  );
  silent(
    'queries start and are trained smaller',
    model(sqrt).replace(
      'self.q_norm = ',
      'nn.init.normal_(self.q.weight, std=1 / dim)\n        self.q_norm = ',
    ),
  );
});

describe('heads of stages, in a model that is read at its defaults as it has too many ways', () => {
  const staged = (parameter: string, heads: string) => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Stage(nn.Module):
    def __init__(self, dim, count):
        super().__init__()
        self.count, self.factor = count, (dim // count) ** -0.5
        self.q, self.k, self.v = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, dim)

    def forward(self, x):
        b, t, c = x.shape
        q = self.q(x).view(b, t, self.count, c // self.count).transpose(1, 2)
        k = self.k(x).view(b, t, self.count, c // self.count).transpose(1, 2)
        v = self.v(x).view(b, t, self.count, c // self.count).transpose(1, 2)
        seen = F.softmax((q * self.factor) @ k.transpose(-2, -1), dim=-1)
        return x + (seen @ v).transpose(1, 2).reshape(b, t, c)

class Net(nn.Module):
    def __init__(self, dim, listed=False, scaled=None${parameter}):
        super().__init__()
        if listed:
            for i in range(64):
                for j in range(64): t, u = [i, j, i * j, dim], [i + j, i - j, dim * i, dim * j]
        self.fc = nn.Linear(dim, dim) if scaled is None else nn.Linear(dim, 2 * dim)
        self.embed = nn.Embedding(1000, dim)
        self.stages = nn.ModuleList()
        for at in range(2):
            self.stages.append(Stage(dim, ${heads}))

    def forward(self, ids):
        x = self.embed(ids)
        for stage in self.stages: x = stage(x)
        return self.fc(x)
`;

  test('are a setting where a list by default says how many: silent', () => {
    expect(said('MUP202', staged(', parts=[4, 8]', 'parts[at]'))).toEqual([]);
    expect(said('MUP202', staged(', n_heads=(4, 8)', 'n_heads[at]'))).toEqual([]);
  });

  test('stay as many where the code itself says how many: found', () => {
    expect(said('MUP202', staged('', '4 * 2**at'))).toEqual(['q * self.factor']);
  });
});

describe('a dot product that the model gives', () => {
  /** Two towers whose score is as given. */
  const towers = (score: string, more = '') => `
import torch
from torch import nn

class Towers(nn.Module):
    def __init__(self, left, right, size):
        super().__init__()
        self.size = size
        self.table, self.other = nn.Embedding(left, size), nn.Embedding(right, size)
        self.turn, self.mix = nn.Linear(size, size), nn.Linear(size, size)
        self.offset = nn.Parameter(torch.zeros(1))

    def forward(self, i, j, y=None):
        a, b = self.turn(self.table(i)), self.mix(self.other(j))
        score = ${score}
        ${more}
        return score
`;

  test.each([
    ['is told where nothing divides it', '(a * b).sum(-1)', ''],
    ['and something that does not grow is added', '(a * b).sum(dim=-1) + self.offset', ''],
    ['as a product with all others', 'a @ b.t()', ''],
    ['behind a sigmoid', 'torch.sigmoid((a * b).sum(-1))', ''],
    ['as the loss of a pair', '-nn.functional.logsigmoid((a * b).sum(-1))', ''],
    ['where its loss alone is given', '(a * b).sum(-1)', 'score = nn.functional.mse_loss(score, y)'],
  ])('%s', (_, score, more) => {
    expect(said('MUP203', towers(score, more))).toHaveLength(1);
    expect(findingsOf('MUP203', towers(score, more))[0]?.message).toContain('before it is given');
  });

  test.each([
    ['divided by their number', '(a * b).sum(-1) / self.size'],
    ['divided so before a sigmoid', 'torch.sigmoid((a * b).sum(-1) / self.size)'],
    ['behind an activation that bounds it', 'torch.tanh((a * b).sum(-1))'],
    ['a mean', '(a * b).mean(-1)'],
    ['of normalized features', 'nn.functional.normalize(a, dim=-1) @ nn.functional.normalize(b, dim=-1).t()'],
    ['divided by the root, which is nothing that MUP202 is about', '(a * b).sum(-1) / self.size ** 0.5'],
  ])('is silent: %s', (_, score) => {
    expect([...said('MUP203', towers(score)), ...said('MUP202', towers(score))]).toEqual([]);
  });

  test('is one of two where they are made of two columns of the data, and none where of one', () => {
    const product = (column: number) => `(self.table(i[:, 0]) * self.table(i[:, ${column}])).sum(-1)`;
    expect(said('MUP203', towers(product(1)))).toHaveLength(1);
    expect(said('MUP203', towers(product(0)))).toEqual([]);
  });
});

const crossing = (scale: string) => `
import math
from torch import nn

class Reader(nn.Module):
    def __init__(self, seen, wide):
        super().__init__()
        self.stem, self.q, self.k = nn.Linear(seen, wide), nn.Linear(wide, wide), nn.Linear(wide, wide)
        self.head = nn.Linear(wide, 10)

    def forward(self, x, memory):
        h = self.stem(x).relu()
        scores = self.q(h) @ self.k(memory).mT${scale}
        return self.head(scores.softmax(-1) @ memory)
`;

test('logits divided by how long features are that the model is given are not told, as those may be the width', () => {
  const told = (scale: string) => said('MUP203', crossing(scale)).length;
  expect([' / math.sqrt(memory.size(-1))', ' * memory.shape[-1] ** -0.5', ''].map(told)).toEqual([0, 0, 1]);
});
