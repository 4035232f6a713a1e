import { expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

const trained = (shapes: string) => `
import torch
from mup import MuAdam, MuReadout, set_base_shapes
from torch import nn

class Net(nn.Module):
    def __init__(self, words, d=64):
        super().__init__()
        self.table = nn.Embedding(words, d)
        self.mix = nn.Linear(d, d)
        self.head = MuReadout(d, words)

    def forward(self, ids):
        return self.head(torch.relu(self.mix(self.table(ids))))

def build(words, d, lr):
    net = Net(words, d)
    ${shapes}
    return MuAdam(net.parameters(), lr=lr)
`;
const found = (shapes: string) => findingsOf('MUP407', trained(shapes));

test('base and delta that differ in how many words a table has are told where base shapes are set', () => {
  const source = trained('set_base_shapes(net, Net(100, 32), delta=Net(200, 64))');
  const [finding, ...others] = findingsOf('MUP407', source);
  expect(others).toEqual([]);
  expect(source.slice(finding?.span.start, finding?.span.end)).toMatch(/^set_base_shapes/);
  expect(finding).toMatchObject({ severity: 'warning', weights: ['table.weight'] });
  expect(finding?.message).toContain('differ in `words`');
});

test('base and delta of one number of words are right, whatever the model has', () => {
  expect(found('set_base_shapes(net, Net(100, 32), delta=Net(100, 64))')).toEqual([]);
  expect(found('set_base_shapes(net, Net(words, 32), delta=Net(words, 64))')).toEqual([]);
});

test('a number that may be the same is not told', () => {
  expect(found('set_base_shapes(net, Net(words, 32), delta=Net(200, 64))')).toEqual([]);
  expect(found('set_base_shapes(net, Net(100, 32))')).toEqual([]);
});

test('a delta that has as many features as base makes no matrix of the table', () => {
  expect(found('set_base_shapes(net, Net(100, 32), delta=Net(200, 32))')).toEqual([]);
});

test('without a delta, the model is what base is held to', () => {
  const source = trained('set_base_shapes(net, Net(100, 32))').replace(
    'net = Net(words, d)',
    'net = Net(50257, 768)',
  );
  expect(findingsOf('MUP407', source)).toHaveLength(1);
});

test('settings of a configuration are told by their names', () => {
  const source = (words: number) => `
import torch
from dataclasses import dataclass
from mup import MuAdam, MuReadout, set_base_shapes
from torch import nn

@dataclass
class Config:
    words: int = 100
    d: int = 64

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.table = nn.Embedding(config.words, config.d)
        self.mix = nn.Linear(config.d, config.d)
        self.head = MuReadout(config.d, 4)

    def forward(self, ids):
        return self.head(torch.relu(self.mix(self.table(ids))))

def build(d, lr):
    net = Net(Config(d=d))
    set_base_shapes(net, Net(Config(words=100, d=32)), delta=Net(Config(words=${words}, d=64)))
    return MuAdam(net.parameters(), lr=lr)
`;
  expect(findingsOf('MUP407', source(200))[0]?.message).toContain('`words`');
  expect(findingsOf('MUP407', source(100))).toEqual([]);
});

test('base and delta, or base and the model, with another number of layers end with an error', () => {
  const source = (shapes: string) => `
from mup import MuAdam, MuReadout, set_base_shapes
from torch import nn

class Net(nn.Module):
    def __init__(self, d, blocks):
        super().__init__()
        self.first = nn.Linear(8, d)
        self.mids = nn.ModuleList([nn.Linear(d, d) for _ in range(blocks)])
        self.head = MuReadout(d, 4)

    def forward(self, x):
        h = self.first(x)
        for mid in self.mids:
            h = mid(h).relu()
        return self.head(h)

def build(d, lr, blocks=3):
    net = Net(d, 4)
    ${shapes}
    return MuAdam(net.parameters(), lr=lr)
`;
  const [finding] = findingsOf('MUP407', source('set_base_shapes(net, Net(32, 2))'));
  expect(finding?.message).toContain('differ in `blocks`');
  expect(finding?.message).toContain('an error');
  expect(findingsOf('MUP407', source('set_base_shapes(net, Net(32, 4), delta=Net(64, 2))'))).toHaveLength(1);
  expect(findingsOf('MUP407', source('set_base_shapes(net, Net(32, 4), delta=Net(64, 4))'))).toEqual([]);
  expect(findingsOf('MUP407', source('set_base_shapes(net, Net(32, blocks))'))).toEqual([]);
});
