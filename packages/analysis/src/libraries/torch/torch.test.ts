import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const trained = (started: string, stepped: string) =>
  onlyModel(`
import torch
import torch.distributed as dist
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(8, width)
        self.mid = nn.Linear(width, width)
        self.out = nn.Linear(width, 4)

    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.up(x)))))

def train(width, data):
    net = Net(width)
    ${started}
    opt = torch.optim.Adam(net.parameters(), lr=1e-3)
    for x, y in data:
        nn.functional.mse_loss(net(x), y).backward()
        ${stepped}
        opt.step()
`).weights.find(({ name }) => name === 'mid.weight');

test.each([
  ['for p in net.parameters(): dist.broadcast(p.detach(), 0)', 'pass'],
  ['for p in net.parameters(): dist.broadcast(p.data, src=0)', 'pass'],
  ['pass', 'for p in net.parameters(): dist.all_reduce(p.grad, op=dist.ReduceOp.SUM)'],
  ['pass', 'for p in net.parameters(): dist.all_reduce(p.grad)'],
])('processes share out where weights start, and their gradients: %s; %s', (started, stepped) => {
  const mid = trained(started, stepped);
  expect([mid?.b, mid?.c]).toEqual([0.5, 0]);
});

test('what they make another thing of is not known', () => {
  const product = 'for p in net.parameters(): dist.all_reduce(p.data, op=dist.ReduceOp.PRODUCT)';
  expect(trained(product, 'pass')?.b).toBeNull();
  expect(trained('for p in net.parameters(): dist.all_rescale(p.data)', 'pass')?.b).toBeNull();
  expect(trained('for p in net.parameters(): dist.all_reduce(p.data, *how())', 'pass')?.b).toBeNull();
});
