import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (made: string, forward: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, n, depth):
        super().__init__()
        self.emb = nn.Embedding(vocab, n)
        self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(n, n), nn.GELU()) for _ in range(depth)])
        ${made}
        self.head = nn.Linear(n, vocab)
    def forward(self, x):
        return self.head(${forward})
`;

const rolesIn = (source: string) =>
  onlyModel(source)
    .weights.filter(({ name }) => name.endsWith('weight'))
    .map(({ role, a }) => `${role} ${a}`);

const READ = ['input 0', 'hidden 0', 'output 0'];

test('a list of layers behind a star is its layers, where it is run and where a chain is made of it', () => {
  expect(rolesIn(net('pass', 'nn.Sequential(*self.blocks)(self.emb(x))'))).toEqual(READ);
  expect(rolesIn(net('self.chain = nn.Sequential(*self.blocks)', 'self.chain(self.emb(x))'))).toEqual(READ);
});

test('what else stands behind a star is not gone through', () => {
  const roles = rolesIn(net('pass', 'nn.Sequential(*unread(self.blocks))(self.emb(x))'));
  expect(roles[1]).toBe('hidden null');
});
