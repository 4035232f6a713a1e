import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The rows of a table of words, and what is missing of the model: the shape, how it starts and what trains it. */
function wordsOf(made: string, before = 'pass') {
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
  return (model?.weights ?? [])
    .filter(({ name }) => name.startsWith('words'))
    .map(({ name, shape, b, isFixed }) => `${name} ${shape} ${b} ${isFixed ? 'fixed' : 'trained'}`);
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

test('one that shares its entries with another parameter is not read', () => {
  const before = 'self.other = nn.Embedding(90, 300)';
  for (const other of ['self.other.weight', 'self.other.weight.data', 'self.other.weight.detach()'])
    expect(wordsOf(`nn.Embedding.from_pretrained(${other}, freeze=False)`, before)).toEqual([
      'words ? null trained',
    ]);
});
