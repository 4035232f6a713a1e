import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A network whose later layers are given what earlier ones have made, all in one loop. */
const SOURCE = (takes: string, begin = 'made = []') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, words, depth, n):
        super().__init__()
        self.up = nn.Embedding(words, n)
        self.mids = nn.ModuleList([nn.Linear(n, n) for _ in range(depth)])
        self.out = nn.Linear(n, words)
        self.shares = nn.Parameter(torch.ones(depth))
    def forward(self, tokens):
        x = self.up(tokens)
        ${begin}
        for at in range(len(self.mids)):
            if is_late(at):
                ${takes}
            x = x + torch.relu(self.mids[at](x))
            made.append(x)
        return self.out(x)

net = Net(5000, 16, 64)
trainer = torch.optim.Adam(net.parameters(), lr=1e-3)
`;

const notFollowed = (takes: string, begin?: string) =>
  onlyModel(SOURCE(takes, begin)).missing.map(({ kind }) => kind);

test.each([
  'x = x + self.shares[at] * made.pop()',
  'x = x + self.shares[at] * made[at - 3]',
  'share = self.shares[at]\n                x = x + share * made.pop()',
])('a list that rounds fill has an item wherever one is taken: %s', (takes) => {
  expect(notFollowed(takes)).toEqual([]);
});

test.each([
  ['x = x + self.shares[at] * made.pop()', 'made = []\n        filled(made)'],
  ['made.append(read(at))\n                x = x + self.shares[at] * made.pop()', 'made = []'],
  ['x = x + self.shares[at] * (made.pop() if at > 3 else read(at))', 'made = []'],
])('but for one that may have others: %s', (takes, begin) => {
  expect(notFollowed(takes, begin)).not.toEqual([]);
});
