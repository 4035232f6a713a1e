import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../test/check-findings.ts';

const source = (query: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.stem = nn.Linear(16, n)
        self.queries = nn.Parameter(torch.randn(8, n))
        self.ask = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)

    def forward(self, x):
        x = self.stem(x)
        asked = ${query}
        read = (asked @ x.transpose(-1, -2) / self.n).softmax(-1) @ x
        return self.readout(read.mean(-2))
`;

const startsOf = (query: string) =>
  findingsOf('MUP104', source(query)).map(({ message }) => message.slice(0, 9));
const roleOf = (query: string) =>
  onlyModel(source(query)).weights.find(({ name }) => name === 'queries')?.role;

test('learned queries that a layer is applied to are no readout', () => {
  const query = 'self.ask(self.queries.expand(x.shape[0], -1, -1))';
  expect(roleOf(query)).not.toBe('output');
  expect(startsOf(query).filter((message) => message.startsWith('`queries'))).toEqual([]);
});

test('those that are asked of the features sum over these', () => {
  expect(roleOf('self.queries')).toBe('output');
});
