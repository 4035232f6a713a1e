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
} = {}) => `
class Net(${base}):
    def __init__(self, n):
        super().__init__()
        self.first = ${first}
        self.mid = ${mid}
        self.out = nn.Linear(n, 4)
        nn.init.normal_(self.out.weight, std=1 / n)
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
