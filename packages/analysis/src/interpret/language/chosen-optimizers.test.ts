import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The optimizer and rate that all weights of a model have whose script has an option `optimizer`, and what is assumed of it. */
function trainedBy(option: string, made: string): readonly string[] {
  const [model] = analyser.analyse(`
import argparse
import torch
from torch import nn
from elsewhere import more
from mup import MuAdam as Other

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
  [", default='adam'", "{**BY_NAME, 'other': Other}[args.optimizer](net.parameters(), lr=1e-3)"],
  [", default='lookahead'", 'getattr(torch.optim, args.optimizer)(net.parameters(), lr=1e-3)'],
])('and none where there is no default, or another may be meant%s: %s', (option, made) => {
  expect(trainedBy(option, made)).toEqual(['null null']);
});

/** The optimizer and rate of a script that chooses by conditions, which calls its choices as it likes. */
const chosenByConditions = (second: string, name: string) =>
  trainedBy(
    ", default='adam'",
    `None
if args.optimizer == 'adam':
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
elif args.optimizer == '${name}':
    optimizer = ${second}(net.parameters(), lr=1e-3)`,
  )[0];

test('what choices are called decides nothing: an optimizer that scales rates by the width may be meant, another is not', () => {
  expect(['muadam', 'other'].map((name) => chosenByConditions('torch.optim.SGD', name))).toEqual([
    'adam 0',
    'adam 0',
  ]);
  const [one, same] = ['muadam', 'other'].map((name) => chosenByConditions('Other', name));
  expect(one).toBe(same);
  expect(one).not.toBe('adam 0');
});
