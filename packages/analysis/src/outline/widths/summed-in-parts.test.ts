import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** Two layers whose features are parted into some for each head, which `joined` makes one again for the second. */
const headed = (joined: string, second: string) => `
import torch
from torch import nn

class Messages(nn.Module):
    def __init__(self, given, made, heads):
        super().__init__()
        self.heads, self.made = heads, made
        self.mix = nn.Parameter(torch.empty(given, heads * made))
        nn.init.xavier_uniform_(self.mix)
    def forward(self, nodes):
        each = (nodes @ self.mix).view(nodes.shape[0], self.heads, self.made)
        return ${joined}

class Graph(nn.Module):
    def __init__(self, given, hidden, heads, kinds):
        super().__init__()
        self.first = Messages(given, hidden, heads)
        self.second = ${second}
    def forward(self, nodes):
        return self.second(torch.relu(self.first(nodes)))
`;

test('what every head has is the width where heads are averaged and nothing else is inside', () => {
  expect(onlyModel(headed('each.mean(dim=1)', 'Messages(hidden, kinds, 1)')).widths).toEqual(['hidden']);
});

test('it is none where the next layer is given the heads beside one another', () => {
  const { widths } = onlyModel(headed('each.flatten(1)', 'nn.Sequential(nn.Linear(hidden * heads, kinds))'));
  expect(widths).not.toEqual(['hidden']);
});

test('it is none beside a width, as where a score of each head is learned', () => {
  const { widths } = onlyModel(`
import torch
from torch import nn

class Scores(nn.Module):
    def __init__(self, dim, heads, size):
        super().__init__()
        self.heads, self.size = heads, size
        self.make = nn.Linear(dim, heads * size)
        self.score = nn.Parameter(torch.zeros(heads, size))
    def forward(self, x):
        each = self.make(x).view(x.shape[0], x.shape[1], self.heads, self.size)
        return torch.einsum('bthd,hd->bth', each, self.score)

class Net(nn.Module):
    def __init__(self, vocab, dim, heads, size):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.scores = Scores(dim, heads, size)
        self.head = nn.Linear(dim, vocab)
    def forward(self, ids):
        x = self.embed(ids)
        weights = self.scores(x).mean(-1).softmax(-1)
        return self.head(weights.unsqueeze(-1) * x)
`);
  expect(widths).toEqual(['dim']);
});
