import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const mixture = (forward: string, gate = 'nn.Linear(n, many)', part = 'nn.Linear(n, n)') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, n, many):
        super().__init__()
        self.emb = nn.Embedding(vocab, n)
        self.gate = ${gate}
        self.parts = nn.ModuleList([${part} for _ in range(many)])
        self.head = nn.Linear(n, vocab)
    def forward(self, x):
        h = self.emb(x)
        w = self.gate(h).softmax(-1)
        ${forward}
        return self.head(h + y)
`;

const gateOf = (source: string) => {
  const gate = onlyModel(source).weights.find(({ name }) => name === 'gate.weight');
  return `${gate?.role} ${gate?.b}`;
};

test('of what layers are made for one by one, a gate that gives a number for each is a readout', () => {
  for (const forward of [
    'y = sum(w[..., i : i + 1] * part(h) for i, part in enumerate(self.parts))',
    'y = (w.unsqueeze(-1) * torch.stack([part(h) for part in self.parts], dim=-2)).sum(-2)',
  ])
    expect(gateOf(mixture(forward))).toBe('output 0.5');
});

test('a number of parts that others are multiplied by, or that comes back to itself, may grow', () => {
  const joined = 'y = torch.cat([part(h) for part in self.parts], dim=-1)';
  expect(gateOf(mixture(joined, 'nn.Linear(n, many)', 'nn.Linear(n, n * 2 // many)'))).toBe('null 0.5');
  expect(gateOf(mixture(joined, 'nn.Sequential(nn.Linear(n, many), nn.Linear(many, many))'))).not.toContain(
    'output',
  );
});
