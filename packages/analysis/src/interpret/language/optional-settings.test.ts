import type { InitExponent } from '@widthwise/core';
import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** How a table starts, by the row of its weight, in a model that runs a statement. */
function startOf(statement: string, parameters = 'others, settings=None', script = ''): InitExponent | null {
  const model = onlyModel(`from functools import partial
from torch import nn

def start(module, std=0.02):
    if isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=std)

class Net(nn.Module):
    def __init__(self, n, ${parameters}):
        super().__init__()
        self.table = nn.Embedding(50, n)
        self.mix = nn.Linear(n, n)
        self.head = nn.Linear(n, 10)
        ${statement}

    def forward(self, ids):
        return self.head(self.mix(self.table(ids)).relu())

${script}
`);
  return model.weights.find(({ name }) => name === 'table.weight')?.b ?? null;
}

describe('a setting that is None by default and spread as nothing then', () => {
  test.each(['settings or {}', 'settings if settings is not None else {}'])(
    'leaves a parameter its default, or a number of its own: %s',
    (spread) => {
      expect(startOf(`start(self.table, **(${spread}))`)).toBe(0);
      expect(startOf(`self.apply(partial(start, **(${spread})))`)).toBe(0);
    },
  );

  test('leaves open what a parameter is where any dict may be spread, or more than one', () => {
    expect(startOf('start(self.table, **(settings or {}))', 'settings')).toBe(null);
    expect(startOf('start(self.table, **(settings or {}), **others)')).toBe(null);
    expect(startOf('partial(start, **(settings or {}))(self.table, **others)')).toBe(null);
  });

  test('leaves open what a parameter is where a caller gives it what goes with the width', () => {
    const script = "for n in (128, 256):\n    Net(n, None, settings={'std': n ** -0.5})";
    expect(startOf('start(self.table, **(settings or {}))', 'others, settings=None', script)).toBe(null);
  });
});

describe('settings from outside that a script spreads', () => {
  /** c of the hidden weight, where a script calls what trains a model. */
  const rateBy = (call: string, parameters = 'lr=0.1, epochs=3') =>
    onlyModel(`import argparse
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first, self.mix, self.head = nn.Linear(5, n), nn.Linear(n, n), nn.Linear(n, 2)

    def forward(self, x):
        return self.head(self.mix(self.first(x).relu()).relu())

def main(n, ${parameters}):
    net = Net(n)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    for _ in range(epochs):
        net(batch()).mean().backward()
        optimizer.step()

parser = argparse.ArgumentParser()
parser.add_argument('--n', type=int, default=64)
parser.add_argument('--lr', type=float, default=0.1)
args = parser.parse_args()
${call}
`).weights.find(({ name }) => name === 'mix.weight')?.c;

  test.each([
    'main(**vars(args))',
    'main(args.n, **vars(args))',
    'main(**args.__dict__)',
    'main(lr=1, **vars(args))',
  ])('have each parameter under its name: %s', (call) => {
    expect(rateBy(call)).toBe(0);
    expect(rateBy(call, 'lr, epochs')).toBe(0);
  });

  test.each([
    'args.lr = args.lr / args.n\nmain(**vars(args))',
    'main(**made(args))',
    'main(*args.given)',
    'main(**{**vars(args), **more})',
  ])('are open where other numbers became part of them, or they are made otherwise: %s', (call) => {
    expect(rateBy(call)).toBeNull();
  });
});
