import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const rates = (width: string, lr: string) => {
  const [model] = analyser.analyse(`
import os
from os import environ
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

WIDTH = ${width}
net = Net(WIDTH)
optimizer = torch.optim.Adam(net.parameters(), lr=${lr})
`).models;
  return new Set(model?.weights.map(({ c }) => c));
};

test.each([
  ["float(os.environ['RATE'])", 0],
  ["float(os.environ.get('RATE', '3e-4'))", 0],
  ["float(os.getenv('RATE', 3e-4)) * int(environ['WORLD_SIZE'])", 0],
  ["float(environ['RATE']) / WIDTH", 1],
])('a variable of the environment is a setting from outside: lr=%s', (lr, c) => {
  expect(rates("int(os.getenv('WIDTH', '512'))", lr)).toEqual(new Set([c]));
});

test.each([
  ['float(os.environ[chosen()])'],
  ['float(os.environ.get(chosen(), 3e-4))'],
  ["float(os.environ.copy()['RATE'])"],
  ["float(os.environ.get('RATE', *defaults()))"],
])('what is asked by a name that is not known, or of a copy, is not: lr=%s', (lr) => {
  expect(rates("int(os.getenv('WIDTH', '512'))", lr)).toEqual(new Set([null]));
});
