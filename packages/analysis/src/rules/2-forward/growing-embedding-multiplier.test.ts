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

test('is found behind a sum of tokens and positions, of which it makes the rest of the network vanish', () => {
  const summed = (sum: string, start = '') => `
import math
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, words, places, dim):
        super().__init__()
        self.dim = dim
        self.first = nn.Embedding(words, dim)
        self.second = nn.Embedding(places, dim)
        self.norm = nn.LayerNorm(dim)
        self.mix = nn.Linear(dim, dim)
        self.end = nn.LayerNorm(dim)
        self.out = nn.Linear(dim, words)
        nn.init.zeros_(self.out.weight)
        ${start}

    def forward(self, ids, at):
        h = ${sum}
        h = h + self.mix(self.norm(h))
        return self.out(self.end(h))
`;
  const told = (...parts: Parameters<typeof summed>) => findingsOf('MUP204', summed(...parts));
  const factor = '(self.first(ids) + self.second(at)) * math.sqrt(self.dim)';
  const [finding, ...others] = told(factor);
  expect(others).toEqual([]);
  expect(finding?.weights).toEqual(['first.weight', 'second.weight']);
  expect(finding?.message).toMatch(
    /^What `first.weight`.* and `second.weight`.* make is multiplied by .*n\^½$/,
  );
  const small = (name: string) => `nn.init.normal_(self.${name}.weight, std=dim ** -0.5)`;
  expect(told(factor, small('first'))).toHaveLength(1);
  expect(told(factor, `${small('first')}; ${small('second')}`)).toEqual([]);
  expect(told('(self.first(ids) + self.second(at)) * 4.0')).toEqual([]);
  const places = 'self.places = nn.Parameter(torch.zeros(1, places, dim))';
  expect(told('(self.first(ids) + self.places) * math.sqrt(self.dim)', places)).toHaveLength(1);
  expect(told(`self.norm(${factor})`)).toEqual([]);
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

test('nor is it where the gain has more dimensions of one entry, as behind a convolution', () => {
  const source = `
import torch
from torch import nn
import torch.nn.functional as F

class RMSNorm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.g = nn.Parameter(torch.ones(1, dim, 1))
    def forward(self, x):
        return F.normalize(x, dim=1) * self.g * (x.shape[1] ** 0.5)

class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.a = nn.Conv1d(3, dim, 3, padding=1)
        self.norm = RMSNorm(dim)
        self.b = nn.Conv1d(dim, dim, 3, padding=1)
        self.emb = nn.Linear(16, dim)
        self.c = nn.Conv1d(dim, 3, 1)
    def forward(self, x, t):
        h = self.norm(self.a(x))
        s = self.emb(t).unsqueeze(-1)
        h = F.silu(h * (s + 1))
        return self.c(F.silu(self.b(h)))
`;
  expect(analyse(source).findings.filter(({ code }) => code === 'MUP204')).toEqual([]);
});

test.each([
  ['nn.Linear(1, width, bias=False)', '(x)'],
  ['nn.Embedding(1, width)', '(x.long())'],
])('a layer that takes one number is an input layer and no gain: %s', (layer, use) => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.enter = ${layer}
        self.mid = nn.Linear(width, width)
        self.leave = nn.Linear(width, 10)
        nn.init.normal_(self.enter.weight, std=1.0)

    def forward(self, x):
        h = self.enter${use} * self.width ** 0.5
        return self.leave(torch.relu(self.mid(torch.relu(h))))
`;
  expect(findingsOf('MUP204', source)).toHaveLength(1);
});

test('has an answer for a sum of one thing with itself, over and over', () => {
  const doubled = model('self.embed(ids)').replace(
    '        return',
    '        for _ in range(60): h = h + h\n        h = h * math.sqrt(self.dim)\n        return',
  );
  check(doubled);
});
