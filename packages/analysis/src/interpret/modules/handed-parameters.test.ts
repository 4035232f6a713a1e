import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const rowsOf = (made: string) => {
  const [model] = analyser.analyse(`
import hydra
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(10, width)
        self.mix = nn.Linear(width, width)
        self.leave = nn.Linear(width, 1)

    def forward(self, x):
        return self.leave(self.mix(self.enter(x)))

def main(config):
    net = Net(config.width)
    made = ${made}

main(hydra.compose('config'))
`).models;
  return new Set(
    model?.weights.map(({ b, c, missing }) => `${b === null} ${c} ${missing.map(({ kind }) => kind)}`),
  );
};

test.each([
  ['hydra.utils.instantiate(config.optimizer, params=net.parameters())', 'unread-optimizer'],
  ['config.optimizer(params=net.parameters())', 'no-optimizer'],
])('what is made of params leaves weights where they start, and its rate is not known: %s', (made, why) => {
  expect(rowsOf(made)).toEqual(new Set([`false null ${why}`]));
});

test.each([
  'hydra.utils.instantiate(config.start, net.parameters())',
  'config.start(list(net.parameters()))',
])('what is handed parameters otherwise may start them: %s', (made) => {
  expect([...rowsOf(made)].every((row) => row.startsWith('true null'))).toBe(true);
});
