import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The role of the first weight of a network that is made with a setting which is set to this before. */
function stemBy(size: string): string | null | undefined {
  const { weights } = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.stem = nn.Linear(inputs, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, inputs)
    def forward(self, x):
        return self.readout(self.mix(self.stem(x).relu()).relu())

def train(config, table, env, opts):
    config.inputs = ${size}
    net = Net(config.inputs, config.width)
    torch.optim.Adam(net.parameters(), lr=1e-3)
`);
  return weights.find(({ name }) => name === 'stem.weight')?.role;
}

test.each(['table.rows.shape[1]', 'len(table)', 'env.observation_space.shape[0]', 'env.action_space.n'])(
  'how much the data has of something stays so in a configuration: %s',
  (size) => {
    expect(stemBy(size)).toBe('input');
  },
);

test('another number that a configuration is given may be the width', () => {
  expect(stemBy('opts.size')).toBeNull();
});
