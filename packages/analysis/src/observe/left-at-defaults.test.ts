import { describe, expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../test/check-findings.ts';
import { loadTestParser } from '../../test/load-analyser.ts';
import { Budget } from '../budget.ts';
import { observeFile } from './run-file.ts';

const parser = await loadTestParser();

const stages = (calls = '', first = 'default(stem_dim, dim)') => `
from torch import nn

def default(value, other):
    if value is not None:
        return value
    return other() if callable(other) else other

class Net(nn.Module):
    def __init__(self, dim, stem_dim=None, mults=(1, 2, 4), channels=3):
        super().__init__()
        stem_dim = ${first}
        self.stem = nn.Linear(channels, stem_dim)
        dims = [stem_dim, *map(lambda m: dim * m, mults)]
        self.stages = nn.ModuleList([nn.Linear(i, o) for i, o in zip(dims[:-1], dims[1:])])
        self.head = nn.Linear(dims[-1], 10)

    def forward(self, x):
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x).relu()
        return self.head(x)
${calls}
`;

const LEFT =
  'Assumes settings that choose what it is made of are left at their defaults: not all ways are followed.';

describe('a model whose sizes are one of several, by settings that it has a default for,', () => {
  test.each(['default(stem_dim, dim)', 'stem_dim or dim', 'dim if stem_dim is None else stem_dim'])(
    'is read at its defaults: %s',
    (first) => {
      const model = onlyModel(stages('', first));
      expect(model.widths).toEqual(['dim']);
      expect(matricesOf(model).map(({ role }) => role)).toEqual([
        'input',
        'hidden',
        'hidden',
        'hidden',
        'output',
      ]);
      expect(model.assumptions).toContain(LEFT);
    },
  );

  test.each([
    'Net(64, stem_dim=32)',
    'Net(64, stem_dim=cfg.stem)',
    'Net(64, stem_dim=pick(64))',
    'Net(64, **cfg)',
    '(lambda **given: Net(64, **given))(**cfg)',
  ])('is not where its code gives it a size instead: %s', (call) => {
    const model = onlyModel(stages(`from elsewhere import cfg, pick\nnet = ${call}`));
    expect(matricesOf(model).find(({ name }) => name === 'stem.weight')?.role).not.toBe('input');
  });

  test.each(['net = Net(64, stem_dim=None)', 'def small(**given):\n    return Net(64, **given)'])(
    'is where its code gives it none: %s',
    (call) => {
      expect(onlyModel(stages(call)).widths).toEqual(['dim']);
    },
  );
});

describe('a switch of which one way is not followed', () => {
  const hooked = (call: string) => `
import torch
from torch import nn
from elsewhere import cfg

class Net(nn.Module):
    def __init__(self, width, loud=False, kind='plain'):
        super().__init__()
        self.enter = nn.Linear(8, width)
        self.leave = nn.Linear(width, 10)
        nn.init.zeros_(self.leave.weight)
        if loud or kind == 'loud':
            self.leave.register_forward_pre_hook(lambda module, given: (given[0] * width ** 0.5,))

    def forward(self, x):
        return self.leave(self.enter(x).relu())

def train(width):
    net = ${call}
    return torch.optim.Adam(net.parameters())
`;
  const isRead = (call: string) =>
    onlyModel(hooked(call)).weights.find(({ name }) => name === 'leave.weight')?.a === 0;

  test.each(['Net(width)', 'Net(width, loud=False)', 'Net(width, cfg.loud)', "Net(width, kind='plain')"])(
    'is taken for its default where no call gives another: %s',
    (call) => {
      expect(isRead(call)).toBe(true);
      expect(onlyModel(hooked(call)).assumptions).toContain(LEFT);
    },
  );

  test.each(['Net(width, loud=True)', 'Net(width, width > 64)', "Net(width, kind='loud')"])(
    'is not where one does: %s',
    (call) => {
      expect(isRead(call)).toBe(false);
    },
  );
});

describe('a factor that has a default', () => {
  const scaled = (call: string) => `
from torch import nn
from elsewhere import pick, given

def made(width, **others):
    return Net(width, **others)

class Net(nn.Module):
    def __init__(self, width, times=1.0):
        super().__init__()
        self.times = times
        self.enter = nn.Linear(8, width)
        self.leave = nn.Linear(width, 10)

    def forward(self, x):
        return self.times * self.leave(self.enter(x).relu())

def train(width):
    return ${call}
`;
  const factorOf = (call: string) =>
    matricesOf(onlyModel(scaled(call))).find(({ name }) => name === 'leave.weight')?.a;

  test.each([
    'Net(width)',
    'Net(width, times=pick(2))',
    'made(width)',
    'Net(width, **given(2))',
    "pick('Net', width=width, times=2)",
    "pick('Net', width=width, times=given.times)",
  ])('is that where nothing that is made of the width is given: %s', (call) => {
    expect(factorOf(call)).toBe(0);
  });

  test.each([
    'Net(width, times=pick(width))',
    'Net(width, **given(width))',
    'made(width, **given(width))',
    'made(width, times=pick(width))',
    "pick('Net', width=width, times=1 / width)",
    "pick.zoo['Net'](width, times=width ** -0.5)",
  ])('is not known where what is not read makes it of the width: %s', (call) => {
    expect(factorOf(call)).toBeNull();
  });
});

/** The work of observing a model of which a layer is never used. */
function workOf(settings: string): number {
  const budget = new Budget();
  const source = `
from torch import nn

class Net(nn.Module):
    def __init__(self, dim${settings}):
        super().__init__()
        self.spare = nn.Linear(dim, dim)
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(12)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x
`;
  observeFile(parser.parse(source, new Budget()), budget);
  return budget.spent;
}

test('a model without settings that choose what it is made of is run once, whatever it leaves unused', () => {
  const [plain, size, choosing] = [workOf(''), workOf(', depth=3'), workOf(', mode=None')];
  expect(choosing).toBeGreaterThan(1.6 * plain);
  expect(size).toBeLessThan(1.2 * plain);
});

test('of stages that are told apart where settings are left at their defaults, all are read, although each has parts that nothing uses', () => {
  const model = onlyModel(`
from torch import nn

class Stage(nn.Module):
    def __init__(self, dim, out, shrinks):
        super().__init__()
        self.spare = nn.ModuleList([nn.Linear(7, 7), nn.Linear(7, 7), nn.Linear(7, 7)])
        self.shrink = nn.Linear(dim, out) if shrinks else nn.Identity()
        dim = out if shrinks else dim
        self.mix = nn.Linear(dim, dim)

    def forward(self, x):
        return self.mix(self.shrink(x)).relu()

class Net(nn.Module):
    def __init__(self, dims=(8, 16, 32, 64), shrinks=None, classes=10):
        super().__init__()
        shrinks = shrinks or (False,) + (True,) * (len(dims) - 1)
        self.stem = nn.Linear(3, dims[0])
        stages, before = [], dims[0]
        for i in range(len(dims)):
            stages.append(Stage(before, dims[i], shrinks[i]))
            before = dims[i]
        self.stages = nn.Sequential(*stages)
        self.head = nn.Linear(before, classes)

    def forward(self, x):
        return self.head(self.stages(self.stem(x)))
`);
  expect(model.widths).toEqual(['dims[0]', 'dims[1]', 'dims[2]', 'dims[3]']);
  const used = matricesOf(model).filter(({ name }) => !name.includes('spare'));
  expect(used.map(({ role }) => role)).toEqual(['input', ...Array<string>(7).fill('hidden'), 'output']);
  expect(model.assumptions).toContain(LEFT);
});
