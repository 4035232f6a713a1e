import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** A table that is its model's readout, with a factor in front of the logits. */
const tied = (factor: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.width = width
        self.table = nn.Embedding(words, width)
        self.mix = nn.Linear(width, width, bias=False)
        self.leave = nn.Linear(width, words, bias=False)
        self.leave.weight = self.table.weight
        nn.init.normal_(self.table.weight, std=0.02)

    def forward(self, ids):
        return self.leave(self.mix(self.table(ids)).relu()${factor})

def train(words, width):
    net = Net(words, width)
    return torch.optim.Adam([
        {'params': [net.table.weight], 'lr': 1e-3},
        {'params': [net.mix.weight], 'lr': 1e-3 * 64 / width},
    ])
`;

const tableOf = (factor: string) =>
  onlyModel(tied(factor)).weights.find(({ name }) => name === 'table.weight');

test('a table that is tied to a readout which is divided by the width is right', () => {
  expect(tableOf(' / self.width')).toMatchObject({ b: 0, c: 0, wants: { b: 0, c: 0 } });
});
