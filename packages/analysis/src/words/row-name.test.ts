import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';
import { problemsOf } from './row-judgement.ts';
import { maybesText } from './row-name.ts';

/** A model with layers that a setting leaves out, and a readout that it makes in one of two ways. */
const rows = (layers: number) =>
  onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, skip, inputs=4):
        super().__init__()
        self.first = nn.Linear(inputs, width)
        if skip:
${Array.from({ length: layers }, (_, at) => `            self.side${at} = nn.Linear(width, width)`).join('\n')}
            self.last = nn.Linear(width, 3)
        else:
            self.last = nn.Linear(2 * width, 3)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))

def train(width, skip):
    return torch.optim.Adam(Net(width, skip).parameters(), lr=1e-3)
`).weights;

test('a name that two ways of making a layer share is said once', () => {
  expect(problemsOf(rows(1)).filter((text) => text.includes('last.weight, last.weight'))).toEqual([]);
  expect(maybesText(rows(1)).join()).toContain('side0.weight');
  expect(maybesText(rows(1)).join()).not.toMatch(/(last\.weight).*\1/);
});

test('of many that may be off, the last are counted', () => {
  expect(maybesText(rows(4)).join()).not.toContain('more');
  expect(maybesText(rows(9)).join()).toMatch(/ and \d+ more may be off/);
});
