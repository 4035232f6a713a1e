import { expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

/** The widths of a model whose sizes are the fields of a configuration of this class. */
function widthsBy(body: string, base = 'dict', given = 'hidden=256, classes=10'): readonly string[] {
  const { models } = analyse(`import torch
from torch import nn

class Config(${base}):
${body.replaceAll(/^(?=.)/gm, '    ')}

CONFIG = Config(${given})

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(1000, CONFIG.hidden)
        self.mid = nn.Linear(CONFIG.hidden, 4 * CONFIG.hidden)
        self.back = nn.Linear(4 * CONFIG.hidden, CONFIG.hidden)
        self.readout = nn.Linear(CONFIG.hidden, CONFIG.classes)

    def forward(self, ids):
        h = self.embed(ids)
        return self.readout(h + self.back(self.mid(h).relu()))
`);
  return models.flatMap(({ widths }) => widths);
}

const OWN_DICT = `def __init__(self, *args, **kwargs):
    super().__init__(*args, **kwargs)
    self.__dict__ = self`;

test('a dict that has its entries as attributes is a configuration of its fields', () => {
  expect(widthsBy(OWN_DICT)).toEqual(['hidden']);
  expect(widthsBy(OWN_DICT, 'dict', "{'hidden': 256, 'classes': 10}")).toEqual(['hidden']);
  expect(
    widthsBy('"""Entries as attributes."""\n__getattr__ = dict.get\n__setattr__ = dict.__setitem__'),
  ).toEqual(['hidden']);
  expect(widthsBy('def __getattr__(self, name):\n    return self[name]')).toEqual(['hidden']);
});

test('whatever it calls itself', () => {
  const renamed = OWN_DICT.replaceAll('self', 'entries').replace(
    'super().__init__(',
    'super().__init__(entries, ',
  );
  expect(widthsBy(renamed)).toEqual(['hidden']);
  expect(widthsBy(renamed.replace('super().__init__(entries', 'super().__init__(other'))).toEqual([]);
});

const CHANGES = `def change(self, other):
    if isinstance(other, dict):
        self.__dict__.update(**other)
    return self`;

test('and may have methods of its own, which do to its entries what they say', () => {
  expect(widthsBy(`${OWN_DICT}\n\n${CHANGES}`)).toEqual(['hidden']);
  expect(widthsBy(`${OWN_DICT}\n\n${CHANGES.replace('def change', 'def update')}`)).toEqual([]);
  const rates = (changed: string) =>
    analyse(`import torch
from torch import nn

class Config(dict):
${`${OWN_DICT}\n\n${CHANGES}`.replaceAll(/^(?=.)/gm, '    ')}

CONFIG = Config(hidden=256, rate=0.001)

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(1000, config.hidden)
        self.mid = nn.Linear(config.hidden, config.hidden)
        self.readout = nn.Linear(config.hidden, 10)

    def forward(self, ids):
        return self.readout(self.mid(self.embed(ids)).relu())

def train(config):
    ${changed}
    net = Net(config)
    torch.optim.Adam(net.parameters(), lr=config.rate).step()

train(CONFIG)
`).models.flatMap(({ weights }) => weights.flatMap(({ name, c }) => (name === 'mid.weight' ? [c] : [])));
  expect(rates("config.change({'hidden': 512})")).toEqual([0]);
  expect(rates("config.change({'rate': 0.25 / config.hidden})")).toEqual([1]);
  expect(rates("config['rate'] = 0.25 / config.hidden")).toEqual([1]);
  expect(rates("config.update({'rate': 0.25 / config.hidden})")).toEqual([1]);
  expect(rates('config[name_of(net)] = 0.25 / config.hidden')).toEqual([null]);
  for (const unread of ['super().update(other)', 'dict.update(self, other)', 'self.__dict__ = other'])
    expect(widthsBy(`${OWN_DICT}\n\n${CHANGES.replace('self.__dict__.update(**other)', unread)}`)).toEqual(
      [],
    );
});

test('a namespace at the top of a file has its numbers by their names', () => {
  const widthsOf = (made: string) =>
    analyse(`from types import SimpleNamespace
from torch import nn

${made}

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(1000, CONFIG.hidden)
        self.readout = nn.Linear(CONFIG.hidden, 10)

    def forward(self, ids):
        return self.readout(self.embed(ids))
`).models.flatMap(({ widths }) => widths);
  expect(widthsOf('CONFIG = SimpleNamespace(hidden=256)')).toEqual(['hidden']);
  expect(widthsOf('CONFIG = OTHER = SimpleNamespace(hidden=256)')).toEqual(['256']);
});

test('one that does more is not taken for that, nor one that has no attributes', () => {
  expect(widthsBy(`${OWN_DICT}\n    self.update(more())`)).toEqual([]);
  expect(widthsBy(`${OWN_DICT}\n@property\ndef grow(self):\n    self.hidden *= 2`)).toEqual([]);
  expect(widthsBy('pass')).toEqual([]);
  expect(widthsBy(OWN_DICT, 'Base')).toEqual([]);
});
