import { expect, test } from 'vitest';
import { analyse, onlyModel } from '../../../test/check-findings.ts';
import { pair, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { mayBeWidths } from './may-be-widths.ts';

const net = (sizes: string, layers: string) => `
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, ${sizes}):
        super().__init__()
        self.a, self.b, self.c = ${layers}
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.02)  # starts
    def forward(self, x):
        return self.c(F.relu(self.b(F.relu(self.a(x)))))

def train(net: Net):
    torch.optim.Adam(net.parameters(), lr=1e-3)  # trains
`;

const TWO = 'nn.Linear(784, first), nn.Linear(first, second), nn.Linear(second, 10)';

const told = (source: string, finite: readonly string[] = []) =>
  analyse(source, { finite }).findings.map(({ code, severity, span }) => {
    const before = source.slice(0, span.start).split('\n').length;
    return `${code} ${severity} ${source.split('\n')[before - 1]?.split('# ')[1] ?? before}`;
  });

const DEEP = 'nn.Linear(784, i), nn.Linear(i, j), nn.Linear(j, k), nn.Linear(k, l), nn.Linear(l, 10)';

const deep = (sizes: string) =>
  net(sizes, DEEP)
    .replace('self.a, self.b, self.c =', 'self.a, self.b, self.c, self.d, self.e =')
    .replace('self.c(', 'self.e(F.relu(self.d(F.relu(self.c(')
    .replace('(x)))))', '(x)))))))))');

/** The same network without its activations. */
const linear = (source: string) => source.replaceAll('F.relu(', '(');

test.each(['first, second', 'first=512, second=128'])('sizes of hidden units grow together: %s', (sizes) => {
  const source = net(sizes, TWO);
  expect(told(source)).toEqual([
    'MUP101 warning starts',
    'MUP104 warning starts',
    'MUP301 warning trains',
    'MUP302 warning trains',
  ]);
  const model = onlyModel(source);
  expect(model).toMatchObject({ widths: ['first', 'second'], verdict: { regime: 'unstable' } });
  expect(model.assumptions).toContain('Assumes `first`, `second` are what you scale.');
  expect(onlyModel(deep('i, j, k, l')).widths).toEqual(['i', 'j', 'k', 'l']);
});

test('but for one that is squeezed: what is wrong if it grows is not told', () => {
  const source = net('first=512, second=32', TWO);
  expect(onlyModel(source)).toMatchObject({ widths: ['first'], verdict: null });
  expect(told(source).filter((one) => one.startsWith('MUP104'))).toEqual([]);
});

test.each(['torch.tanh', 'torch.sigmoid', 'F.hardtanh', '0.5 * torch.tanh'])(
  'what %s alone bounds may be an action, a code or probabilities beside what ReLU is over',
  (bounds) => {
    const source = net('first, second', TWO).replace('F.relu(self.b(', `${bounds}(self.b(`);
    expect(onlyModel(source)).toMatchObject({ widths: [], verdict: null });
    expect(told(source)).not.toContain('MUP301 warning trains');
  },
);

test('not where all are bounded, or that is a gate of others', () => {
  const source = net('first, second', TWO);
  const all = source.replaceAll('F.relu(', 'torch.tanh(');
  expect(onlyModel(all).widths).toEqual(['first', 'second']);
  const gated = source.replace('F.relu(self.b(', '(lambda y: y * torch.sigmoid(y))(self.b(');
  expect(onlyModel(gated).widths).toEqual(['first', 'second']);
});

test('of two sizes that no activation follows either may be the width: what is wrong if one is, is information', () => {
  const source = linear(net('first, second', TWO));
  expect(told(source)).toContain('MUP104 information starts');
  expect(told(source).filter((one) => one.includes('warning'))).toEqual([]);
  expect(onlyModel(source)).toMatchObject({ widths: [], verdict: null });
});

test('so is what is wrong under the three that are tried, where there is a fourth', () => {
  expect(told(linear(deep('i, j, k, l')))).toContain('MUP104 information starts');
});

test('factors of one product scale the same: each finding stands once, and which of them grows is assumed', () => {
  const source = net(
    'base=64, times=4',
    'nn.Linear(784, base * times), nn.Linear(base * times, base * times), nn.Linear(base * times, 10)',
  );
  expect(told(source).slice(0, 2)).toEqual(['MUP101 warning starts', 'MUP104 warning starts']);
  const [first] = analyse(source).findings;
  expect(first?.assumptions).toContain('Assumes `base` or `times` is what you scale.');
  expect(first?.fixes.every(({ safety }) => safety === 'needs-decision')).toBe(true);
  const taken = analyse(source.replace('nn.init.normal_(m.weight, std=0.02)', 'pass')).findings.flatMap(
    (one) => one.assumptions,
  );
  expect(taken).toContain('Assumes `base` or `times` is what you scale.');
  expect(taken.filter((one) => one.endsWith('not depend on width.'))).toEqual([]);
});

test('of factors of one product nothing is told that is right where one of them grows, and none of several products', () => {
  const one = net(
    'base=64, times=4',
    'nn.Linear(784, base * times), nn.Linear(base * times, base * times), nn.Linear(base * times, 10)',
  ).replace('std=0.02', 'std=times**-0.5');
  expect(told(one)).not.toContain('MUP101 warning starts');
  const several = net(
    'base=64, times=4, more=8',
    'nn.Linear(784, base * times), nn.Linear(base * times, base * more), nn.Linear(base * more, 10)',
  );
  expect(told(several)).toEqual([]);
});

test('names that no dimension has alone are told together, where all dimensions are multiples of their one product', () => {
  const [base, times, more] = [named('base'), named('times'), named('more')];
  const told = (inside: readonly WidthSymbol[], ...lengths: readonly Quantity[]) =>
    mayBeWidths(
      {
        interior: new Set(inside),
        madeElsewhere: new Set(),
        lengths,
        counted: new Set(),
        isOpenEnded: false,
        throughout: new Set(),
        loops: new Set(),
      },
      { found: [], isExcluded: () => false, isCount: () => false, presetOf: () => undefined },
    );
  expect(told([base, times], productOf(base, times), productOf(times, base))).toEqual([[base, times]]);
  expect(told([base, times, more], productOf(base, times), productOf(base, more))).toEqual([]);
  expect(told([base], productOf(base, times))).toEqual([]);
  const ratio = named('ratio');
  expect(told([base, times, ratio], productOf(base, times), scaled(productOf(base, times), ratio))).toEqual([
    [base, times],
  ]);
  const [other, many] = [named('other'), named('many')];
  const both = [productOf(base, times), productOf(other, many)] as const;
  const all = [base, times, other, many];
  expect(told(all, ...both)).toEqual([
    [other, many],
    [base, times],
  ]);
  expect(told(all, ...both, productOf(times, other))).toEqual([]);
  expect(told(all, ...both, scaled(productOf(base, times), many))).toEqual([]);
});

const named = (name: string): WidthSymbol => ({ name, owner: null });

const productOf = (left: WidthSymbol, right: WidthSymbol): Quantity =>
  pair('multiply', { op: 'symbol', symbol: left, value: null }, { op: 'symbol', symbol: right, value: null });

const scaled = (of: Quantity, by: WidthSymbol): Quantity =>
  pair('multiply', of, { op: 'symbol', symbol: by, value: null });

const stages = `
import torch
from torch import nn

class Stage(nn.Module):
    def __init__(self, before, wide, heads):
        super().__init__()
        self.down = nn.Conv2d(before, wide, 3, stride=2, padding=1)
        self.grow, self.back = nn.Linear(before, 4 * before), nn.Linear(4 * before, before)
    def forward(self, x):
        b, c, h, w = x.shape
        x = x.flatten(2).transpose(1, 2)
        x = x + self.back(torch.relu(self.grow(x)))
        return self.down(x.transpose(1, 2).reshape(b, c, h, w))

class Staged(nn.Module):
    def __init__(self, side=224, patch=16, per_head=(48, 48), heads=(2, 4), classes=10):
        super().__init__()
        rows = side // patch
        self.patches = nn.Conv2d(3, per_head[0] * heads[0], patch, stride=patch)
        self.places = nn.Parameter(torch.zeros(1, per_head[0] * heads[0], rows, rows))
        before, made = per_head[0] * heads[0], []
        for i in range(len(heads)):
            wide = per_head[i] * heads[i]
            made.append(Stage(before, wide, heads[i]))
            before = wide
        self.stages = nn.Sequential(*made)
        self.score = nn.Linear(per_head[-1] * heads[-1], classes)  # scores
    def forward(self, images):
        x = self.patches(images) + self.places
        return self.score(self.stages(x).flatten(2).mean(-1))
`;

test('stages of which each is as wide as its own product, as heads times what each has, are told by the last', () => {
  expect(told(stages)).toEqual(['MUP104 hint scores']);
  const [only] = analyse(stages).findings;
  expect(only?.assumptions).toContain('Assumes `per_head[-1]` or `heads[-1]` is what you scale.');
  const right = stages.replace(
    '    def forward(self, images)',
    '        nn.init.zeros_(self.score.weight)\n    def forward(self, images)',
  );
  expect(told(right)).toEqual([]);
});

test('nothing is told of a part of another model, and of what is said to stay', () => {
  const part = net('d, first, second', 'nn.Linear(d, first), nn.Linear(first, second), nn.Linear(second, d)');
  expect(told(part.split('def train')[0] ?? '')).toEqual([]);
  expect(told(net('first, second', TWO), ['first', 'second'])).toEqual([]);
});

const autoencoder = (trains = 'torch.optim.Adam(net.parameters(), lr=1e-3)') => `
import torch
from torch import nn

class Autoencoder(nn.Module):
    def __init__(self, inputs=784, hidden=400, code=20):
        super().__init__()
        self.a, self.b = nn.Linear(inputs, hidden), nn.Linear(hidden, code)
        self.c, self.d = nn.Linear(code, hidden), nn.Linear(hidden, inputs)
    def forward(self, x):
        x = torch.tanh(self.b(torch.tanh(self.a(x))))
        return self.d(torch.tanh(self.c(x)))

net = Autoencoder()
${trains}
`;

test('an autoencoder that is trained is a whole, whose code is no width where it is far smaller', () => {
  const findings = analyse(autoencoder()).findings.map(({ code, weights }) => [code, weights]);
  expect(findings).toEqual([
    ['MUP104', ['d.weight']],
    ['MUP302', ['d.weight']],
  ]);
  expect(analyse(autoencoder('')).findings).toEqual([]);
});

test.each([
  ['(self.a(x) * self.b(y)).sum(-1)', ['dim']],
  ['self.a(x) @ self.b(y).T', ['dim']],
  ['self.a(x) + self.b(y)', []],
])(
  'where nothing is inside, what features are multiplied with features over is the width: %s',
  (given, widths) => {
    const source = `
import torch
from torch import nn

class Factors(nn.Module):
    def __init__(self, users, items, dim):
        super().__init__()
        self.a, self.b = nn.Embedding(users, dim), nn.Embedding(items, dim)
    def forward(self, x, y):
        return ${given}
`;
    expect(onlyModel(source).widths).toEqual(widths);
    expect(analyse(source).findings.map(({ code }) => code)).toEqual(widths.length > 0 ? ['MUP203'] : []);
  },
);

const part = (sizes: string, layers: string, forward: string) => `
import torch
from torch import nn

class Part(nn.Module):
    def __init__(self, ${sizes}):
        super().__init__()
        ${layers}
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.02)  # starts
    def forward(self, x):
        return ${forward}
`;

test('a part that takes what it gives to itself may have that for its width: what is wrong then is information', () => {
  const parts = [
    part('d', 'self.a, self.b = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)', 'self.b(torch.relu(self.a(x)))'),
    part('d', 'self.norm, self.a = nn.LayerNorm(d), nn.Linear(d, d)', 'x + torch.relu(self.a(self.norm(x)))'),
  ];
  for (const source of parts) {
    expect(told(source)).toEqual(['MUP101 information starts']);
    expect(onlyModel(source)).toMatchObject({ widths: [], verdict: null });
  }
});

test('not one that takes it to something else, has two that come back, has it for data, or adds one for each position', () => {
  const parts = [
    part('d, h', 'self.a, self.b = nn.Linear(d, h), nn.Linear(h, d)', 'self.b(torch.relu(self.a(x)))'),
    part('t, d', 'self.a, self.b = nn.Linear(t, t), nn.Linear(d, d)', 'self.b(self.a(x.mT).mT)'),
    part('d, k', 'self.a, self.b = nn.Linear(d, d), nn.Linear(d, k)', 'self.b(torch.relu(self.a(x)))'),
    part('d', 'self.a, self.e = nn.Linear(d, d), nn.Embedding(d, d)', 'self.e(x.argmax(-1)) + self.a(x)'),
  ];
  for (const source of parts) expect(told(source)).toEqual([]);
});

test.each([
  ['of one-hot rows', 'd', 'self.a = nn.Linear(d, d)', 'self.a(F.one_hot(x, self.a.in_features).float())'],
  ['of probabilities', 'd', 'self.a = nn.Linear(d, d)', 'self.a(F.softmax(x, -1))'],
  ['of what has length 1', 'd', 'self.a = nn.Linear(d, d)', 'self.a(F.normalize(x, dim=-1))'],
  ['divided by its length', 'd', 'self.a = nn.Linear(d, d)', 'self.a(x / x.norm(dim=-1, keepdim=True))'],
  ['of an image', 'side', 'self.a = nn.Linear(side * side, side * side)', 'self.a(x.flatten(1))'],
  ['that gives its loss', 'd', 'self.a = nn.Linear(d, d)', 'F.cross_entropy(self.a(x), x.argmax(-1))'],
  ['of tokens', 'd', 'self.a = nn.Parameter(torch.randn(d, d))', "torch.einsum('ij,bjc->bic', self.a, x)"],
  [
    'that divides by the root of what it has',
    'd',
    'self.a = nn.Linear(d, d)',
    'self.a(x) / x.size(-1) ** 0.5',
  ],
])('nor a part %s', (_, sizes, layers, forward) => {
  const source = part(sizes, layers, forward).replace(
    'from torch import nn',
    '$&\nimport torch.nn.functional as F',
  );
  expect(told(source)).toEqual([]);
});

test('a parameter by itself that sums over the last dimension is one', () => {
  const source = part(
    'd',
    'self.a = nn.Parameter(torch.randn(d, d))  # starts',
    "torch.einsum('ij,btj->bti', self.a, x)",
  );
  expect(told(source)).toEqual(['MUP101 information starts']);
});
