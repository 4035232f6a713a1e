import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** A model of one attention layer whose logits are made by `logits`, and what is made of them by `mixed`. */
function attention(mixed: string, { made = '', makes = 'Attention(dim)', methods = '' } = {}): string {
  return `import torch
from torch import nn
import torch.nn.functional as F

class Attention(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.q, self.k = nn.Linear(features, features), nn.Linear(features, features)
        self.v = nn.Linear(features, features)${made}
${methods}
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (one(x).view(B, T, 4, C // 4).transpose(1, 2) for one in (self.q, self.k, self.v))
        ${mixed}
        return y.transpose(1, 2).reshape(B, T, C)

class Model(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.embed = nn.Embedding(50, dim)
        self.attention = ${makes}
        self.head = nn.Linear(dim, 50)

    def forward(self, ids):
        B, T = ids.shape
        return self.head(self.attention(self.embed(ids)))

model = Model(64)
`;
}

/** The lines that the fix writes, which is proved; what is said where there is no edit. */
function written(source: string): readonly string[] {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP202');
  const [fix] = finding?.fixes ?? [];
  if (finding === undefined || fix === undefined) return ['no finding'];
  if (fix.edits.length === 0) return [`No edit: ${fix.why}`];
  const text = edited(source, fix.edits);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  expect(fix.safety).toBe('identical-at-base');
  const lines = source.split('\n');
  return text
    .split('\n')
    .filter((line) => !lines.includes(line))
    .map((line) => line.trim());
}

test.for([
  [
    'y = ((q @ k.transpose(-2, -1)) * (C // 4) ** -0.5).softmax(-1) @ v',
    'y = ((q @ k.transpose(-2, -1)) * (C // 4) ** -0.5 * (64 / self.v.in_features) ** 0.5).softmax(-1) @ v',
  ],
  [
    'y = (torch.matmul(q, k.transpose(-2, -1)) / (C // 4) ** 0.5).softmax(-1) @ v',
    'y = (torch.matmul(q, k.transpose(-2, -1)) / (C // 4) ** 0.5 * (64 / self.v.in_features) ** 0.5).softmax(-1) @ v',
  ],
  [
    'q = q * (C // 4) ** -0.5; y = (q @ k.mT).softmax(-1) @ v',
    'q = q * (C // 4) ** -0.5; y = ((q @ k.mT) * (64 / self.v.in_features) ** 0.5).softmax(-1) @ v',
  ],
  [
    'y = F.scaled_dot_product_attention(q, k, v)',
    'y = F.scaled_dot_product_attention(',
    'q, k, v, scale=q.size(-1) ** -0.5 * (64 / self.v.in_features) ** 0.5',
    ')',
  ],
  [
    'y = F.scaled_dot_product_attention(q, k, v, scale=(C // 4) ** -0.5)',
    'y = F.scaled_dot_product_attention(q, k, v, scale=(C // 4) ** -0.5 * (64 / self.v.in_features) ** 0.5)',
  ],
])('logits are multiplied where the code makes them: %s', ([mixed = '', ...lines]) => {
  expect(written(attention(mixed))).toEqual(lines);
});

const MIXED = 'y = ((q @ k.mT) * (C // 4) ** -0.5).softmax(-1) @ v';
const NONE = 'No edit: the code there has no name for the width';

test.for([
  [
    'it is made on a condition',
    { made: '\n        if features > 8: self.v = nn.Linear(features, features)' },
  ],
  [
    'another line puts something else there',
    { methods: '    def swap(self):\n        self.v = nn.Identity()\n' },
  ],
] as const)('no size is taken of a layer where %s', ([, more]) => {
  expect(written(attention(MIXED, more))).toEqual([NONE]);
});

test('queries without a name are not counted', () => {
  const source = attention('y = F.scaled_dot_product_attention(q * 1, k, v)');
  expect(written(source)).toEqual([
    'No edit: the queries have no name there, whose features could be counted',
  ]);
});
