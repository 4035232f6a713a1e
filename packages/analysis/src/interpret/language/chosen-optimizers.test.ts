import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The optimizer and rate that all weights of a model have whose script has an option `optimizer`, and what is assumed of it. */
function trainedBy(option: string, made: string): readonly string[] {
  const [model] = analyser.analyse(`
import argparse
import torch
from torch import nn
from elsewhere import MuAdam, more

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(10, width)
        self.leave = nn.Linear(width, 1)

    def forward(self, x):
        return self.leave(self.enter(x))

parser = argparse.ArgumentParser()
parser.add_argument('--optimizer'${option})
args = parser.parse_args()
net = Net(512)
BY_NAME = {'adam': torch.optim.Adam, 'sgd': torch.optim.SGD}
optimizer = ${made}
`).models;
  const trained = new Set(model?.weights.map(({ optimizer, c }) => `${optimizer} ${c}`));
  return [...trained, ...(model?.assumptions.filter((one) => one.includes('optimizer =')) ?? [])];
}

test.each([
  [", default='adam'", 'BY_NAME[args.optimizer](net.parameters(), lr=1e-3)', 'adam'],
  [", default='sgd'", 'BY_NAME[args.optimizer](net.parameters(), lr=1e-3)', 'sgd'],
  [", default='AdamW'", 'getattr(torch.optim, args.optimizer)(net.parameters(), lr=1e-3)', 'adam'],
])('an optimizer that an option chooses by its name is that of its default%s: %s', (option, made, is) => {
  const [trained, assumed] = trainedBy(option, made);
  expect(trained).toBe(`${is} 0`);
  expect(assumed).toContain('optimizer = ');
});

test.each([
  ['', 'BY_NAME[args.optimizer](net.parameters(), lr=1e-3)'],
  ['', 'getattr(torch.optim, args.optimizer)(net.parameters(), lr=1e-3)'],
  [", default='adam'", '{**BY_NAME, **more}[args.optimizer](net.parameters(), lr=1e-3)'],
  [", default='adam'", "{**BY_NAME, 'muadam': MuAdam}[args.optimizer](net.parameters(), lr=1e-3)"],
  [", default='lookahead'", 'getattr(torch.optim, args.optimizer)(net.parameters(), lr=1e-3)'],
])('and none where there is no default, or another may be meant%s: %s', (option, made) => {
  expect(trainedBy(option, made)).toEqual(['null null']);
});
