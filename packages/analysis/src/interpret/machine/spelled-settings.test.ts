import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (key: string, preset = 'Layer_Norm') => `
from dataclasses import dataclass
import torch
from torch import nn

BY_NAME = dict(layernorm=nn.LayerNorm, none=nn.Identity, LAYER_NORM=nn.RMSNorm)

@dataclass
class Sizes:
    wide: int = 64
    norm: str = '${preset}'

class Net(nn.Module):
    def __init__(self, sizes: Sizes, classes=10):
        super().__init__()
        name = sizes.norm
        self.first = nn.Linear(3, sizes.wide)
        self.norm = BY_NAME[${key}](sizes.wide)
        self.out = nn.Linear(sizes.wide, classes)
    def forward(self, x):
        return self.out(self.norm(self.first(x)))
`;

const norms = (source: string) =>
  onlyModel(source)
    .weights.map(({ name }) => name)
    .filter((name) => name.startsWith('norm'));

test('what a table has under a setting’s name, spelled as its keys are, is what the name means by default', () => {
  const layer = ['norm.weight', 'norm.bias'];
  expect(norms(net("sizes.norm.replace('_', '').lower()"))).toEqual(layer);
  expect(norms(net("name.lower().replace('_', '')"))).toEqual(layer);
  expect(norms(net('name.upper()'))).toEqual(['norm.weight']);
  expect(norms(net('name.lower()', 'NONE'))).toEqual([]);
  expect(onlyModel(net("name.replace('_', '').lower()")).assumptions).toContain(
    "Assumes it is made with `norm = 'Layer_Norm'`.",
  );
});

test('under one that it does not have, or spelled in a way that is not read, anything may stand', () => {
  const may = norms(net("sizes.norm.replace('_', '-').lower()"));
  expect(norms(net('sizes.norm.swapcase()'))).toEqual(may);
});

test('a condition on how a setting is spelled goes both ways still', () => {
  const asked = net("'layernorm' if name.lower() == 'layer_norm' else 'LAYER_NORM'");
  expect(norms(asked)).toEqual(norms(net("'layernorm' if unread(name) else 'LAYER_NORM'")));
});
