import { describe, expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../../test/check-findings.ts';
import torchFunctions from './torch-functions.json' with { type: 'json' };
import torchInitializers from './torch-initializers.json' with { type: 'json' };
import torchLayers from './torch-layers.json' with { type: 'json' };
import torchOptimizers from './torch-optimizers.json' with { type: 'json' };
import torchSchedulers from './torch-schedulers.json' with { type: 'json' };

const FAMILIES: readonly string[] = [
  'linear',
  'embedding',
  'unread-linear',
  'norm',
  'convolution',
  'transposed-convolution',
  'bilinear',
  'recurrent',
  'attention',
  'activation',
  'transparent',
  'output-function',
  'weightless',
  'sequential',
  'list',
  'dict',
  'unread',
  'other',
];

const isPlace = (value: unknown) =>
  expect(value).toMatchObject({ name: expect.any(String), index: expect.any(Number) });

describe('every layer has a family:', () => {
  for (const [name, layer] of Object.entries(torchLayers.layers)) {
    test(name, () => {
      expect(FAMILIES).toContain(layer.family);
      if ('parameters' in layer) {
        for (const parameter of Object.values(layer.parameters)) {
          expect(parameter).toMatchObject({
            dims: expect.stringMatching(/\S/),
            fanIn: expect.any(Array),
            initial: expect.stringMatching(/^(?:one|zero|init|unread|1|1\/√.+)$/),
          });
        }
      }
    });
  }
});

describe('every initializer has a rule and its places:', () => {
  const all = { ...torchInitializers.functions, ...torchInitializers.methods };
  for (const [name, { rule, ...places }] of Object.entries(all)) {
    test(name, () => {
      const needed = {
        std: ['std'],
        uniform: ['low', 'high'],
        constant: ['value'],
        scale: ['by'],
        shift: ['by'],
        clamp: ['low', 'high'],
      }[rule];
      for (const place of needed ?? []) isPlace((places as Record<string, unknown>)[place]);
      expect([
        'std',
        'uniform',
        'constant',
        'fan',
        'scale',
        'shift',
        'clamp',
        'keep',
        'zero',
        'one',
        'unread',
      ]).toContain(rule);
    });
  }
});

test('every function and method of a tensor does one of four things', () => {
  for (const known of [
    ...Object.values(torchFunctions.functions),
    ...Object.values(torchFunctions.methods),
  ]) {
    expect(['activation', 'norm', 'pass', 'output']).toContain(known.does);
  }
});

const UPDATES = [
  ...['sgd', 'adam', 'relative'].map((kind) => ({ kind })),
  ...['none', 'jordan', 'spectral', 'moonlight'].map((shape) => ({ kind: 'muon', shape })),
].map((update) => JSON.stringify(update));

test('every optimizer makes updates in one of the ways of the calculus, or is not modeled', () => {
  for (const { update, lr } of Object.values(torchOptimizers.optimizers)) {
    const rules = update === null ? [] : 'rules' in update ? Object.values(update.rules) : [update];
    for (const rule of rules) expect(UPDATES).toContain(JSON.stringify(rule));
    expect(lr).toEqual({ name: 'lr', index: expect.any(Number) });
  }
});

test('every scheduler has what it is given by name and place', () => {
  for (const places of Object.values<object>(torchSchedulers.schedulers).flatMap(Object.values)) {
    for (const place of Array.isArray(places) ? places : [places]) {
      if (typeof place !== 'object') continue;
      expect(place).toEqual({ name: expect.any(String), index: expect.any(Number) });
    }
  }
});

/** b of the input, hidden and output weight after `init`, from PyTorch's documentation of each initializer. */
const EXPONENTS: readonly (readonly [init: string, input: unknown, hidden: unknown, output: unknown])[] = [
  ['pass', 0, 0.5, 0.5],
  ['nn.init.normal_(w)', 0, 0, 0],
  ['nn.init.normal_(w, std=n ** -0.5)', 0.5, 0.5, 0.5],
  ['nn.init.normal_(w, mean=1.0)', 0, null, null],
  ['nn.init.trunc_normal_(w, std=0.02)', 0, 0, 0],
  ['nn.init.uniform_(w, -0.1, 0.1)', 0, 0, 0],
  ['nn.init.uniform_(w)', 0, null, null],
  ['nn.init.uniform_(w, a=-n ** -0.5, b=n ** -0.5)', 0.5, 0.5, 0.5],
  ['nn.init.constant_(w, 0)', 'zero', 'zero', 'zero'],
  ['nn.init.constant_(w, 1)', 0, null, null],
  ['nn.init.zeros_(w)', 'zero', 'zero', 'zero'],
  ['nn.init.eye_(w)', null, null, null],
  ['nn.init.xavier_uniform_(w)', 0.5, 0.5, 0.5],
  ['nn.init.xavier_normal_(w, gain=2.0)', 0.5, 0.5, 0.5],
  ["nn.init.xavier_normal_(w, gain=nn.init.calculate_gain('relu'))", 0.5, 0.5, 0.5],
  ['nn.init.xavier_uniform_(w, nn.init.calculate_gain(config.activation, 0.2))', 0.5, 0.5, 0.5],
  ['nn.init.kaiming_uniform_(w, a=5 ** 0.5)', 0, 0.5, 0.5],
  ["nn.init.kaiming_normal_(w, mode='fan_out')", 0.5, 0.5, 0],
  ['nn.init.orthogonal_(w)', 0.5, 0.5, 0.5],
  ['w.data.normal_(0, 0.02)', 0, 0, 0],
  ['w.data.uniform_(-1, 1)', 0, 0, 0],
  ['w.data.zero_()', 'zero', 'zero', 'zero'],
  ['w.data.fill_(0.0)', 'zero', 'zero', 'zero'],
  ['w.data.mul_(1 / n)', 1, 1.5, 1.5],
  ['w.data.div_(n ** 0.5)', 0.5, 1, 1],
  ['w.data.copy_(other)', null, null, null],
  ['w.data *= n ** -0.5', 0.5, 1, 1],
];

describe('the exponent of an initializer follows its formula:', () => {
  for (const [init, ...expected] of EXPONENTS) {
    test(init, () => {
      const model = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(3, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 2)
        for w in [self.a.weight, self.b.weight, self.c.weight]:
            with torch.no_grad():
                ${init}

    def forward(self, x):
        return self.c(self.b(self.a(x).relu()).relu())
`);
      expect(matricesOf(model).map((row) => row.b)).toEqual(expected);
    });
  }
});
