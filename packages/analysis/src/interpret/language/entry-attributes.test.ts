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
  expect(widthsBy(`${OWN_DICT}\ndef grow(self):\n    self.hidden *= 2`)).toEqual([]);
  expect(widthsBy('pass')).toEqual([]);
  expect(widthsBy(OWN_DICT, 'Base')).toEqual([]);
});
