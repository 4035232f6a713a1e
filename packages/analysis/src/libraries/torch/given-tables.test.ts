import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The weights of a table of words in a model. */
function tableOf(made: string, before = 'pass') {
  const [model] = analyser.analyse(`
import math
import torch
from torch import nn

class Reader(nn.Module):
    def __init__(self, table, width):
        super().__init__()
        ${before}
        self.words = ${made}
        self.enter = nn.Linear(300, width)
        self.mid = nn.Linear(width, width)
        self.leave = nn.Linear(width, 2)

    def forward(self, texts):
        return self.leave(self.mid(self.enter(self.words(texts).mean(1)).relu()).relu())

def train(table, width):
    reader = Reader(table, width)
    return torch.optim.Adam(reader.parameters(), lr=1e-3)
`).models;
  return (model?.weights ?? []).filter(({ name }) => name.startsWith('words'));
}

/** What is read of it: the shape, how it starts and what trains it. */
function wordsOf(made: string, before = 'pass') {
  return tableOf(made, before).map(
    ({ name, shape, b, isFixed }) => `${name} ${shape} ${b} ${isFixed ? 'fixed' : 'trained'}`,
  );
}

test.each([
  ['nn.Embedding.from_pretrained(torch.randn(90, 300), freeze=False)', 'words.weight 300 × 90 0 trained'],
  ['nn.Embedding.from_pretrained(torch.randn(90, 300))', 'words.weight 300 × 90 0 fixed'],
  ['nn.Embedding.from_pretrained(torch.randn(90, 300), True)', 'words.weight 300 × 90 0 fixed'],
  [
    'nn.EmbeddingBag.from_pretrained(embeddings=torch.zeros(90, 300), freeze=False)',
    'words.weight 300 × 90 zero trained',
  ],
])('an embedding of a table that the code makes is one: %s', (made, row) => {
  expect(wordsOf(made)).toEqual([row]);
});

test('how long the rows of a table from outside are is not read off what takes them', () => {
  for (const table of ['table', 'torch.load("words.pt")', 'torch.tensor(table)'])
    expect(wordsOf(`nn.Embedding.from_pretrained(${table}, freeze=False)`)).toEqual(['words ? null trained']);
});

test('what changes the table afterwards changes the weight', () => {
  const before = 'rows = torch.randn(90, 300)';
  expect(
    wordsOf('nn.Embedding.from_pretrained(rows, freeze=False)\n        rows.mul_(width)', before),
  ).not.toEqual(['words.weight 300 × 90 0 trained']);
});

test('one of a call whose arguments are not all read is not known', () => {
  expect(wordsOf('nn.Embedding.from_pretrained(torch.randn(90, 300), **table)')).toEqual([]);
});

test('one that is frozen by a setting may be trained', () => {
  expect(wordsOf('nn.Embedding.from_pretrained(torch.randn(90, 300), freeze=table)')).toEqual([
    'words.weight 300 × 90 0 trained',
  ]);
});

test('one whose rows are cut to a length has outputs of a size that is not known, whichever place says so', () => {
  const sizeOf = (given: string) => tableOf(`nn.${given}`)[0]?.a;
  expect(sizeOf('Embedding.from_pretrained(torch.randn(90, 300), False)')).toBe(0);
  expect(sizeOf('Embedding.from_pretrained(torch.randn(90, 300), False, 0, 2.0)')).toBeNull();
  expect(sizeOf('EmbeddingBag.from_pretrained(torch.randn(90, 300), False, 2.0)')).toBeNull();
});

test('one that shares its entries with another parameter, or is made of one, is not read', () => {
  const before =
    'rows = torch.randn(90, 300); self.other = nn.Embedding(90, 300); self.third = nn.Parameter(rows)';
  const given = ['weight', 'weight.data', 'weight.detach()', 'weight[:40]', 'weight.view(45, 600)'];
  for (const table of ['rows', '2 * self.third', ...given.map((one) => `self.other.${one}`)])
    for (const row of wordsOf(`nn.Embedding.from_pretrained(${table}, freeze=False)`, before))
      expect(row).toBe('words ? null trained');
});

test('what a class of the project makes of a table is a part that is not read', () => {
  for (const body of ['pass', 'def forward(self, texts):\n        return 2 * super().forward(texts)']) {
    const [model] = analyser.analyse(`
import torch
from torch import nn

class Words(nn.Embedding):
    ${body}

class Reader(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.words = Words.from_pretrained(torch.randn(90, width), freeze=False)
        self.mid = nn.Linear(width, width)
        self.leave = nn.Linear(width, 2)
        nn.init.zeros_(self.leave.weight)

    def forward(self, texts):
        return self.leave(self.mid(self.words(texts)).relu())

def train(width, rate):
    reader = Reader(width)
    return torch.optim.Adam([
        {'params': [reader.mid.weight, reader.leave.weight], 'lr': rate / width},
        {'params': [reader.words.weight, reader.mid.bias, reader.leave.bias], 'lr': rate},
    ])
`).models;
    expect(model?.weights.map(({ name }) => name)).toContain('words');
    expect(model?.verdict ?? null).toBeNull();
  }
});
