import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

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

const SCRIPT = `
net = Net(50, 256, 4)
torch.optim.Adam(net.parameters(), lr=1e-3)
net(torch.randint(50, (8, 16)))
`;

test('a chain that a forward pass makes of what the model has is no model of its own', () => {
  const made = net('pass', 'nn.Sequential(*self.blocks)(self.emb(x))');
  expect(onlyModel(made + SCRIPT).name).toBe('Net');
  const apart = 'chain = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 1))\n';
  const script = `${SCRIPT}${apart}torch.optim.Adam(chain.parameters(), lr=1e-3)\n`;
  expect(analyser.analyse(made + script).models.map(({ name }) => name)).toEqual(['Net', 'chain']);
});
