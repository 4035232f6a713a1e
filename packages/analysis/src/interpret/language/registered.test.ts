import { expect, test } from 'vitest';
import { placeIn } from '../../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const FUNCTION = `
KNOWN = {}

def register(name):
    def keep(made):
        KNOWN[name] = made
        return made
    return keep

def build(name, **settings):
    return KNOWN[name](**settings)
`;

const OBJECT = `
class Registry:
    def __init__(self):
        self.known = {}

    def register(self, name=None):
        def keep(made):
            self.known[name or made.__name__] = made
            return made
        return keep

    def build(self, settings):
        settings = dict(settings)
        return self.known[settings.pop('type')](**settings)

REGISTRY = Registry()
`;

const NET = `
import torch
from torch import nn
from kept import *

@DECORATOR
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(10, width)
        self.mix = nn.Linear(width, width)
        self.leave = nn.Linear(width, 1)

    def forward(self, x):
        return self.leave(self.mix(self.enter(x).relu()).relu())
`;

const train = (build: string) => `
import torch, net
from kept import *
model = ${build}
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
`;

/** The optimizer that each weight has. */
function optimizersOf({ decorator, kept, build }: Record<'decorator' | 'kept' | 'build', string>) {
  const files = { 'net.py': NET.replace('DECORATOR', decorator), 'kept.py': kept, 'train.py': train(build) };
  const { models } = analyser.analyse(files['net.py'], undefined, placeIn(files, 'net.py', ['train.py']));
  return new Set(models[0]?.weights.map(({ optimizer, c }) => `${optimizer} ${c}`));
}

test.each([
  { decorator: "register('net')", kept: FUNCTION, build: "build('net', width=512)" },
  { decorator: 'REGISTRY.register()', kept: OBJECT, build: "REGISTRY.build({'type': 'Net', 'width': 512})" },
])('a class that $decorator keeps is what is built by its name', (one) => {
  expect(optimizersOf(one)).toEqual(new Set(['adam 0']));
});

test.each([
  { decorator: "register('net')", kept: FUNCTION, build: "build('other', width=512)" },
  {
    decorator: 'REGISTRY.register()',
    kept: OBJECT,
    build: "REGISTRY.build({'type': 'Other', 'width': 512})",
  },
])('and not by another name: $build', (one) => {
  expect(optimizersOf(one)).toEqual(new Set(['null null']));
});
