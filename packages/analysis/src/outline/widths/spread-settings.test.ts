import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** A model that is made with whatever a configuration has. */
const made = (call: string, times = 'times') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n=768, patch=16, ratio=4, ${times}=1):
        super().__init__()
        self.times = ${times}
        self.stem = nn.Linear(patch, n)
        self.up = nn.Linear(n, int(n * ratio))
        self.down = nn.Linear(int(n * ratio), n)
        self.head = nn.Linear(n, 10)
    def forward(self, x):
        x = self.stem(x)
        return self.head(x + self.down(torch.relu(self.up(x)))) * self.times

def build(**kwargs):
    return Net(**kwargs)

def train(config, width):
    ${call}
    torch.optim.Adam(net.parameters(), lr=1e-3).step()
`;

const rowOf = (source: string, name: string) => onlyModel(source).weights.find((one) => one.name === name);

test.each(['net = Net(**config.net)', 'net = build(**config.net)', "net = Net(**config['net'])"])(
  'what a configuration has beside the width is its own: %s',
  (call) => {
    const source = made(call);
    expect(onlyModel(source).widths).toEqual(['n']);
    expect(['stem', 'up', 'down', 'head'].map((name) => rowOf(source, `${name}.weight`)?.role)).toEqual([
      'input',
      'hidden',
      'hidden',
      'output',
    ]);
    expect(rowOf(source, 'head.weight')?.a).toBe(0);
  },
);

test.each([
  'net = Net(**pick(width))',
  'config.net.update(n=width)\n    net = Net(**config.net)',
  "config.net['times'] = 1 / width\n    net = Net(**config.net)",
])('what the code put into it may be of the width: %s', (call) => {
  expect(rowOf(made(call), 'head.weight')?.a).toBeNull();
});

test('what is called a multiple of the width may be one', () => {
  expect(rowOf(made('net = Net(**config.net)', 'width_factor'), 'head.weight')?.a).toBeNull();
});
