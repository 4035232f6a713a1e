import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';
import { maybesText } from '../words/row-name.ts';

const net = (init: string, after = '') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, config):
        super().__init__()
        self.a = nn.Linear(16, n, bias=config.shifts)
        self.b = nn.Linear(n, n)
        ${init}
        self.c = nn.Linear(n, 4)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

${after}
`;

test('a parameter that a setting may leave out says so, and by which', () => {
  const model = onlyModel(net('self.scale = nn.Parameter(torch.ones(n)) if config.scales else None'));
  expect(maybesText(model.weights)).toEqual(['scale may be off', 'a.bias may be off, by `shifts`']);
  expect(model.weights.find(({ name }) => name === 'b.bias')?.mayBeOff).toBe(null);
});

test('one that is kept from being trained is there, and fixed', () => {
  const fixed = (made: string) => {
    const { weights, missing } = onlyModel(net(`self.table = nn.Parameter(torch.zeros(9, n), ${made})`));
    const row = weights.find(({ name }) => name === 'table');
    return {
      mayBeOff: row?.mayBeOff,
      isFixed: row?.isFixed,
      isMissing: JSON.stringify(missing).includes('table'),
    };
  };
  expect(fixed('requires_grad=False').isFixed).toBe(true);
  expect(fixed('requires_grad=False').mayBeOff).toBe(null);
  expect(fixed('requires_grad=config.learns').isFixed).toBe(false);
  expect(fixed('requires_grad=True').isFixed).toBe(false);
});

test('blocks that a loop appends are there, however many, and what a condition appends among them may be off', () => {
  const model = onlyModel(`
from torch import nn

class Net(nn.Module):
    def __init__(self, n, count, extra):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.blocks = nn.ModuleList()
        for _ in range(count):
            block = nn.ModuleList([nn.LayerNorm(n), nn.Linear(n, n)])
            if extra:
                block.append(nn.Linear(n, n))
            self.blocks.append(block)
        self.c = nn.Linear(n, 4)

    def forward(self, x):
        x = self.a(x)
        for block in self.blocks:
            x = x + block[1](block[0](x))
            if len(block) > 2:
                x = block[2](x)
        return self.c(x)
`);
  const off = model.weights.filter(({ mayBeOff }) => mayBeOff !== null).map(({ name }) => name);
  expect(off).toEqual(['blocks.*.2.weight', 'blocks.*.2.bias']);
});
