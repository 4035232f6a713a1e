import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse, checkRule, findingsOf } from '../../../test/check-findings.ts';

const check = checkRule('MUP204');

function model(embed: string, init = ''): string {
  return `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim, scale=4.0):
        super().__init__()
        self.dim, self.scale = dim, scale
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab)
        ${init}

    def forward(self, ids):
        h = ${embed}
        return self.head(torch.tanh(self.mix(h)) + h)
`;
}

describe('a factor that grows with the width behind an embedding', () => {
  test('is found at the line that multiplies', () => {
    const source = model(
      'self.embed(ids) * math.sqrt(self.dim)',
      'nn.init.uniform_(self.embed.weight, -0.1, 0.1)',
    );
    const [finding] = findingsOf('MUP204', source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'self.embed(ids) * math.sqrt(self.dim)',
    );
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toBe(
      'What `embed.weight` (vocab → dim) makes is multiplied by √dim, and its start does not make up for that ' +
        '(n = `dim`): features grow like n^½',
    );
  });

  test('is found though the start makes up for half of it', () => {
    const source = model('self.embed(ids) * self.dim', 'nn.init.normal_(self.embed.weight, std=dim ** -0.5)');
    expect(findingsOf('MUP204', source)[0]?.message).toContain('features grow like n^½');
  });
});

describe('is silent where', () => {
  const silent = (name: string, ...parts: Parameters<typeof model>) =>
    test(name, () => check(model(...parts)));

  silent('the factor is the same at every width', 'self.embed(ids) * self.scale');
  silent(
    'the start makes up for it',
    'self.embed(ids) * math.sqrt(self.dim)',
    'nn.init.normal_(self.embed.weight, std=dim ** -0.5)',
  );
  silent(
    'the start may make up for it',
    'self.embed(ids) * math.sqrt(self.dim)',
    'if vocab > 9:\n            nn.init.normal_(self.embed.weight, std=dim ** -0.5)',
  );
  silent(
    'a normalization takes all of it',
    'F.layer_norm(self.embed(ids) * math.sqrt(self.dim), (self.dim,))',
  );
  silent('it falls', 'self.embed(ids) / math.sqrt(self.dim)');
  silent('it starts at zero', 'self.embed(ids) * math.sqrt(self.dim)', 'nn.init.zeros_(self.embed.weight)');
});

test('a factor behind a gain of features that are small, as of unit length, is none behind an input weight', () => {
  const source = chainModel({
    init: 'self.scale = nn.Parameter(torch.ones(n))',
    forward:
      'h = F.normalize(self.b(torch.tanh(self.a(x))), dim=-1)\nreturn self.c(torch.tanh(h * self.scale * self.n ** 0.5))',
  });
  expect(analyse(source).findings.filter(({ code }) => code === 'MUP204')).toEqual([]);
});
