import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** A model without a forward pass that has two ways to give something, and a script that trains one of them. */
const trained = (line: string) => `
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.inp = nn.Linear(16, size, bias=False)
        self.mid = nn.Linear(size, size, bias=False)
        self.out = nn.Linear(size, 4, bias=False)

    def features(self, x):
        return torch.tanh(self.mid(torch.tanh(self.inp(x))))

    def loss(self, x, y):
        return F.cross_entropy(self.out(self.features(x)), y)

    def scaled(self, x):
        return self.out(self.features(x)) / self.size

def main(size, lr, loader):
    net = Net(size)
    opt = torch.optim.Adam(net.parameters(), lr=lr)
    for x, y in loader:
        ${line}
        opt.step()
`;

const ofReadout = (line: string) => onlyModel(trained(line)).weights.at(-1)?.a;

test('a loss that a model offers and nobody takes is not what it is trained by', () => {
  expect(ofReadout('F.mse_loss(net.scaled(x), y).backward()')).not.toBe(0);
  expect(ofReadout('net.loss(x, y).backward()')).toBe(0);
});
