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
