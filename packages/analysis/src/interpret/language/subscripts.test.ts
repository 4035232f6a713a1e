import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The regime of a network in μP that adds a sum over a part of its recurrent states to the last one. */
const regimeWith = (part: string) =>
  onlyModel(`import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.cell = nn.GRU(width, width, batch_first=True)
        self.out = nn.Linear(width, 4)
        nn.init.zeros_(self.out.weight)
    def forward(self, x):
        states, _ = self.cell(self.first(x))
        return self.out(states[:, -1] + ${part}.sum(1, keepdim=True))
def train(width):
    net = Net(width)
    vectors = [*net.first.parameters(), net.cell.bias_ih_l0, net.cell.bias_hh_l0, net.out.bias]
    matrices = [net.cell.weight_ih_l0, net.cell.weight_hh_l0, net.out.weight]
    return torch.optim.Adam([{'params': vectors, 'lr': 1e-3}, {'params': matrices, 'lr': 1 / width}])
`).verdict?.regime ?? null;

test.each(['-1:', ':1', '0:1', '2:3', '-1:None', '-1::2'])(
  'a slice of one position, %s, is 1 long, so that nothing is left of it where that is squeezed',
  (slice) => {
    expect(regimeWith(`states[:, ${slice}].squeeze(1)`)).toBe('unstable');
  },
);

test.each(['-2:', ':2', '1:', '-1:0', '::2', ':2:2'])('one of more positions, %s, stays', (slice) => {
  expect(regimeWith(`states[:, ${slice}].squeeze(1)`)).toBe('feature-learning');
});
