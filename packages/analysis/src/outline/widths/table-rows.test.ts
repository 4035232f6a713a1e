import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The role of a table with so many rows, of a network that a trainer makes. */
function roleWith(rows: string): string | null | undefined {
  const { weights } = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, rows, width):
        super().__init__()
        self.table = nn.Embedding(rows, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 5)
    def forward(self, ids):
        return self.readout(self.mix(self.table(ids)).relu())

class Trainer:
    def __init__(self, path, width):
        read = load(path)
        self.rows = ${rows}
        self.net = Net(self.rows, width)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-3)

def train(path, size):
    return Trainer(path, size)
`);
  return weights.find(({ name }) => name === 'table.weight')?.role;
}

test.each(["read['user'].nunique()", 'read.user.max() + 1', 'max(read.users) + 1', 'count_of(read, path)'])(
  'a table has as many rows at every width, whoever counts them: %s',
  (rows) => {
    expect(roleWith(rows)).toBe('input');
  },
);

test.each(['4 * width', 'width * max(read.users)'])(
  'but for those that the width is seen to make: %s',
  (rows) => {
    expect(roleWith(rows)).not.toBe('input');
  },
);
