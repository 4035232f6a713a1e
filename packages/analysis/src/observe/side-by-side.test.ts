import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

const rows = (start: string, loop: string) =>
  onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, tokens, n, depth):
        super().__init__()
        self.table = nn.Parameter(torch.randn(tokens, n) * 0.02)
        self.norms = nn.ModuleList([nn.LayerNorm(n, bias=False) for _ in range(depth)])
        self.mixes = nn.ModuleList([nn.Linear(n, n, bias=False) for _ in range(depth)])
        self.last = nn.Linear(n, tokens, bias=False)

    def forward(self, ids):
        h = ${start}
        for norm, mix in ${loop}:
            h = h + torch.tanh(mix(norm(h)))
        return self.last(h)
`).weights.map(({ name, role, a }) => `${name} ${role} ${a}`);

const READ = ['table input 0', 'norms.*.weight input 0', 'mixes.*.weight hidden 0', 'last.weight output 0'];

test('lists of modules that are gone through side by side have an item each in a round', () => {
  expect(rows('nn.functional.embedding(ids, self.table)', 'zip(self.norms, self.mixes)')).toEqual(READ);
});

test('a parameter that the data picks rows of is an embedding', () => {
  expect(rows('self.table[ids]', 'zip(self.norms, self.mixes)')).toEqual(READ);
});
