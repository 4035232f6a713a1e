import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const HEAD = `import argparse
import torch
from torch import nn
import torch.nn.functional as F
`;

/** A model that is in μP at the rates that `train` gives, but for what else the code does. */
const model = ({
  base = 'nn.Module',
  mid = 'nn.Linear(n, n)',
  first = 'nn.Linear(8, n, bias=False)',
  gives = 'y',
  sets = 'pass',
} = {}) => `
class Net(${base}):
    def __init__(self, n):
        super().__init__()
        self.first = ${first}
        self.mid = ${mid}
        self.out = nn.Linear(n, 4)
        nn.init.normal_(self.out.weight, std=1 / n)
        ${sets}
    def forward(self, x):
        h = F.relu(self.mid(F.relu(self.first(x))))
        y = self.out(h)
        return ${gives}
`;

const train = ({ before = '', slow = 'lr / n', fast = 'lr', after = '' } = {}) => `
def train(batches, n, lr=1e-3):
    model = Net(n)
    hidden = [model.mid.weight, model.out.weight]
    others = [model.first.weight, model.mid.bias, model.out.bias]
    ${before.replaceAll('\n', '\n    ')}
    optimizer = torch.optim.Adam([{'params': hidden, 'lr': ${slow}}, {'params': others, 'lr': ${fast}}])
    for x, y in batches:
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
        ${after.replaceAll('\n', '\n        ')}
`;

function read(code: string, others: Readonly<Record<string, string>> = {}) {
  const place = placeIn({ 'train.py': code, ...others }, 'train.py');
  const { models } = analyser.analyse(code, undefined, place);
  const net = models.find(({ name }) => name === 'Net');
  const of = (name: string) => net?.weights.find((one) => one.name === `${name}.weight`);
  return { of, regime: net?.verdict?.regime ?? null };
}

test('the model is in μP where nothing else is done', () => {
  const { of, regime } = read(HEAD + model() + train());
  expect([of('mid')?.b, of('mid')?.c, regime]).toEqual([1 / 2, 1, 'feature-learning']);
});

describe('a rate is not what it looks like', () => {
  const rate = (code: string, others?: Readonly<Record<string, string>>) => read(code, others).of('mid')?.c;

  test('of a group that is made of a generator that something has gone through', () => {
    const gone = (use: string) => `named = (p for p in hidden)\n${use}\nhidden = named`;
    for (const use of [
      'print(sum(p.numel() for p in named))',
      'for p in named: print(p.shape)',
      'list(named)',
    ])
      expect(rate(HEAD + model() + train({ before: gone(use) })), use).toBeNull();
    expect(rate(HEAD + model() + train({ before: gone('pass') }))).toBe(1);
  });

  test('of the least by another measure', () => {
    expect(rate(HEAD + model() + train({ slow: 'min(lr, lr / n, key=lambda rate: -rate)' }))).toBeNull();
    expect(rate(HEAD + model() + train({ slow: 'min(lr, lr / n)' }))).toBe(1);
  });

  test('of a setting whose default the script computes', () => {
    const parsed = (how: string) => `parser = argparse.ArgumentParser()\n${how}\nargs = parser.parse_args()`;
    for (const how of [
      "parser.add_argument('--slow-by', type=float, default=1 / n)",
      "parser.add_argument('--slow-by', type=float)\nparser.set_defaults(slow_by=1 / n)",
    ])
      expect(
        rate(HEAD + model() + train({ before: parsed(how), slow: 'lr * args.slow_by' })),
        how,
      ).toBeNull();
  });

  test('of what a function of another module sets there', () => {
    const settings = 'FACTOR = 1.0\n\ndef scale(n):\n    global FACTOR\n    FACTOR = 1 / n\n';
    const code = `${HEAD}import settings\n${model()}`;
    const scaled = train({ before: 'settings.scale(n)', slow: 'lr * settings.FACTOR' });
    expect(rate(code + scaled, { 'settings.py': settings })).toBeNull();
    expect(rate(code + scaled, { 'settings.py': 'FACTOR = 1.0\n\ndef scale(n):\n    pass\n' })).toBe(0);
  });

  test('of what a configuration computes for a name that it does not have', () => {
    const configuration = `
class Config:
    def __init__(self, n):
        self.n = n
    def __getattr__(self, name):
        if name.endswith('_factor'):
            return 1 / self.n
        raise AttributeError(name)
`;
    const code = HEAD + configuration + model();
    expect(rate(code + train({ before: 'config = Config(n)', slow: 'lr * config.mid_factor' }))).toBe(1);
  });

  test('where a function that keeps no gradient sets the weight behind a step', () => {
    const sets = '\n@torch.no_grad()\ndef damp(p, n):\n    p.copy_(p / n)\n';
    expect(
      rate(HEAD + sets + model() + train({ slow: 'lr', after: 'damp(model.mid.weight, n)' })),
    ).toBeNull();
  });

  test('of an optimizer that a module of the project has under the name of a package', () => {
    const own = 'import torch\n\nclass MuAdam(torch.optim.Adam):\n    pass\n';
    const code = `${HEAD}from mup import MuAdam\n${model()}${train({ slow: 'lr' }).replace('torch.optim.Adam(', 'MuAdam(')}`;
    expect(rate(code, { 'mup.py': own })).toBe(0);
    expect(rate(code)).toBeNull();
  });
});

describe('a rate is not what code says that ran before', () => {
  const rate = (before: string, slow: string, above = '') =>
    read(HEAD + above + model() + train({ before, slow })).of('mid')?.c;

  test('as a list or dict that a parameter has by default is one for all calls', () => {
    const rates = (kept: string) => `
def rates(n, ${kept}):
    kept.setdefault('slow', 1e-3 / n)
    return kept
`;
    for (const kept of ['kept={}', 'kept=dict()']) {
      expect(rate('rates(64)', "rates(n)['slow']", rates(kept)), kept).toBeNull();
      expect(rate(`${rates(kept)}rates(64)`, "rates(n)['slow']"), kept).toBeNull();
      expect(rate("rates(64)\nslow = rates(n)['slow']", 'slow', rates(kept)), kept).toBeNull();
    }
    const many = "for width in (8, 16, 32, 64): rates(width)\nslow = rates(n)['slow']";
    expect(rate(many, 'slow', rates('kept={}'))).toBeNull();
    expect(rate("rates(n)\nslow = rates(64)['slow']", 'slow', rates('kept={}'))).not.toBe(0);
    expect(rate('pass', "rates(n)['slow']", rates('kept={}'))).toBe(1);
    expect(rate('rates(64, {})', "rates(n, {})['slow']", rates('kept'))).toBe(1);
  });

  test('as what a function gives that is cached is what it first gave', () => {
    const rates = (decorator: string) => `
from functools import cached_property, lru_cache
class Rate:
    def __init__(self):
        self.by = 64
    @${decorator}
    def slow(self):
        return 1e-3 / self.by
`;
    const later = (asks: string) => `rate = Rate()\n${asks}\nrate.by = n`;
    for (const decorator of ['lru_cache', 'lru_cache(maxsize=None)']) {
      expect(rate(later('print(rate.slow())'), 'rate.slow()', rates(decorator)), decorator).toBeNull();
      expect(rate(later('pass'), 'rate.slow()', rates(decorator)), decorator).toBe(1);
    }
    for (const many of ['(1.0, 1e-3 / self.by)', '{0: 1.0, 1: 1e-3 / self.by}']) {
      const both = rates('lru_cache').replace('1e-3 / self.by', many);
      expect(rate(later('rate.slow()'), 'rate.slow()[1]', both), many).toBeNull();
      expect(rate(later('pass'), 'rate.slow()[1]', both), many).toBe(1);
    }
    expect(rate(later('print(rate.slow)'), 'rate.slow', rates('cached_property'))).toBeNull();
    expect(rate(later('print(rate.slow)'), 'rate.slow', rates('property'))).toBe(1);
  });

  test('as what finally returns is returned', () => {
    const factor = (last: string) => `def factor():
    try:
        return 1 / n
    finally:
        ${last}`;
    expect(rate(factor('return 1.0'), 'lr * factor()')).toBe(0);
    expect(rate(factor('if lr > 1e-2: return 1.0'), 'lr * factor()')).toBeNull();
    expect(rate(factor('print(n)'), 'lr * factor()')).toBe(1);
    const broken =
      'def factor():\n    for _ in range(1):\n        try:\n            return 1 / n\n        finally:\n            break\n    return 1.0';
    expect(rate(broken, 'lr * factor()')).toBe(0);
  });

  test('as the whole part of what falls is 0', () => {
    for (const factor of ['base // n', 'int(base / n)'])
      expect(rate('base = 64', `lr * (${factor})`)).toBeNull();
    expect(rate('base = 64', 'lr / (n // base)')).toBe(1);
    expect(rate('base = 64', 'lr * (base / n)')).toBe(1);
  });

  test('as the gradients of many parts of a batch are added up under SGD', () => {
    const rateOf = (parts: string, optimizer: string) => {
      const summed = `for part in x.chunk(${parts}): F.cross_entropy(model(part), y).backward()`;
      const code = train({ slow: 'lr' })
        .replace('F.cross_entropy(model(x), y).backward()', summed)
        .replace('torch.optim.Adam', optimizer);
      return read(HEAD + model() + code).of('mid')?.c;
    };
    expect(rateOf('n // 32', 'torch.optim.SGD')).toBeNull();
    expect(rateOf('4', 'torch.optim.SGD')).toBe(0);
    expect(rateOf('n // 32', 'torch.optim.Adam')).toBe(0);
  });
});

describe('a weight does not start as its layer does', () => {
  const start = (code: string) => read(code).of('mid')?.b;

  test('where the dict of a module gives it to an initializer', () => {
    const before =
      "for name, p in model.mid._parameters.items():\n    if name == 'weight': p.data.normal_(0, 0.02)";
    expect(start(HEAD + model() + train({ before }))).toBe(0);
  });

  test('where setting an attribute starts it anew', () => {
    const sets = `
class Starts(nn.Module):
    def __setattr__(self, name, value):
        if isinstance(value, nn.Linear):
            nn.init.normal_(value.weight, std=0.02)
        super().__setattr__(name, value)
`;
    expect(start(HEAD + sets + model({ base: 'Starts' }) + train())).toBeNull();
  });

  test('where something else stands in the place of its initializer for a while', () => {
    const other = 'lambda w, **_: nn.init.normal_(w, std=0.02)';
    const patched = (by: string) => train().replace('model = Net(n)', `with ${by}:\n        model = Net(n)`);
    const from = 'from unittest import mock\n';
    for (const by of [
      `mock.patch.object(nn.init, 'kaiming_uniform_', ${other})`,
      `mock.patch('torch.nn.init.kaiming_uniform_', ${other})`,
    ])
      expect(start(from + HEAD + model() + patched(by)), by).toBeNull();
    expect(start(from + HEAD + model() + patched("mock.patch.object(print, 'flush', False)"))).toBe(1 / 2);
  });

  test('where its class makes something else of itself', () => {
    const makes = `
class Layer(nn.Linear):
    def __new__(cls, size, *args):
        return super().__new__(Small if size > 8 else cls)
class Small(Layer):
    def reset_parameters(self):
        nn.init.normal_(self.weight, std=0.02)
`;
    expect(start(HEAD + makes + model({ mid: 'Layer(n, n)' }) + train()) ?? null).toBeNull();
  });
});

describe('a factor is not overlooked', () => {
  test('that a hook multiplies by in place', () => {
    const hook = '\ndef scales(module, args, out):\n    out.data.mul_(module.in_features ** 0.5)\n';
    const before = 'model.mid.register_forward_hook(scales)';
    expect(read(HEAD + hook + model() + train({ before })).of('mid')?.a).toBe(-1 / 2);
    const looks = '\ndef scales(module, args, out):\n    print(out.data.mul(module.in_features))\n';
    expect(read(HEAD + looks + model() + train({ before })).of('mid')?.a).toBe(0);
  });

  test('that a property gives, whatever stands beside it in the dict of the object', () => {
    const scaled = (kind: string) => `
import functools
class Scaled(nn.Module):
    @${kind}
    def by(self):
        return 1.0
`;
    const own = model({ base: 'Scaled', sets: "self.__dict__['by'] = 1 / n", gives: 'self.by * y' });
    const factor = (kind: string) => read(HEAD + scaled(kind) + own + train()).of('out')?.a;
    expect(factor('property')).toBeNull();
    expect(factor('functools.cached_property')).toBe(1);
  });

  test('that a class keeps for itself under a name with two underscores', () => {
    const base = `
class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.__by = 1.0
    def __factor(self): return 1.0
    def scaled(self, y): return self.__by * y
    def scaled_by(self, y): return self.__factor() * y
`;
    const factor = (sets: string, gives: string) =>
      read(HEAD + base + model({ base: 'Scaled', sets, gives }) + train()).of('out')?.a;
    expect(factor('self.__by = 1 / n', 'self.scaled(y)')).toBe(0);
    expect(factor('self.__by = 1 / n', 'self.__by * y')).toBe(1);
    expect(factor('self._Scaled__by = 1 / n', 'self.scaled(y)')).toBe(1);
    expect(factor('self.__factor = lambda: 1 / n', 'self.scaled_by(y)')).toBe(0);
  });

  test('that how a tensor lies in memory tells', () => {
    for (const gives of ['y / h.stride(0)', 'y / (h.nelement() / len(h))'])
      expect(read(HEAD + model({ gives }) + train()).of('out')?.a, gives).toBeNull();
  });

  test('that keeps the rows of a table short', () => {
    const regime = (first: string) => read(HEAD + model({ first }) + train()).regime;
    expect(regime('nn.Embedding(50, n, max_norm=1.0)')).toBeNull();
    expect(regime('nn.Embedding(50, n, max_norm=None)')).toBe('feature-learning');
  });
});
