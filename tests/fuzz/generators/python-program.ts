import fc from 'fast-check';

/** Lines of a block, not yet indented. */
type Lines = readonly string[];

const NAMES = [
  'x',
  'y',
  'width',
  'n',
  'self.a',
  'self.b',
  'self.layers',
  'cfg',
  'cfg.d',
  'i',
  'k',
  'f',
  'Net',
  'g',
];
const CALLED = [
  ...[
    'nn.Linear',
    'nn.Embedding',
    'nn.LayerNorm',
    'nn.Sequential',
    'nn.ModuleList',
    'nn.Parameter',
    'Net',
    'f',
  ],
  ...[
    'torch.randn',
    'torch.zeros',
    'math.sqrt',
    'len',
    'range',
    'int',
    'max',
    'list',
    'dict',
    'zip',
    'enumerate',
  ],
  ...[
    'sum',
    'sorted',
    'getattr',
    'setattr',
    'isinstance',
    'super',
    'str',
    'map',
    'self.a',
    'self.forward',
    'F.relu',
  ],
  ...[
    'nn.init.normal_',
    'nn.init.zeros_',
    'torch.optim.Adam',
    'self.parameters',
    'x.split',
    'x.view',
    '"a".join',
  ],
];
const ATOMS = [
  '0',
  '1',
  '2',
  '64',
  '0.02',
  '1e-3',
  '-1',
  'None',
  'True',
  '...',
  '"ab"',
  "b'x'",
  '1j',
  '10**6',
  '[]',
  '{}',
];
const BINARY = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '@',
  '<<',
  '&',
  '|',
  '==',
  '<',
  '>=',
  'in',
  'is not',
  'and',
  'or',
];

const name = fc.constantFrom(...NAMES);
const atom = fc.oneof(name, fc.constantFrom(...ATOMS));

interface Expressions {
  readonly expression: string;
}

const { expression } = fc.letrec<Expressions>((tie) => {
  const some = fc.array(tie('expression'), { maxLength: 3 });
  const two = fc.tuple(tie('expression'), tie('expression'));
  return {
    expression: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 6, arbitrary: atom },
      fc
        .tuple(tie('expression'), fc.constantFrom(...BINARY), tie('expression'))
        .map(([l, o, r]) => `(${l} ${o} ${r})`),
      fc.tuple(fc.constantFrom(...CALLED), some).map(([called, given]) => `${called}(${given.join(', ')})`),
      fc.tuple(tie('expression'), name).map(([of, key]) => `(${of}).${key.replace(/.*\./, '')}`),
      two.map(([of, at]) => `${of}[${at}]`),
      two.map(([of, at]) => `${of}[${at}:${of}]`),
      some.map((items) => `[${items.join(', ')}]`),
      some.map((items) => `(${items.map((item) => `${item},`).join(' ')})`),
      two.map(([key, value]) => `{${key}: ${value}, **${value}}`),
      two.map(([item, over]) => `[${item} for i in ${over} if ${item}]`),
      two.map(([item, over]) => `{k: ${item} for k, v in (${over}).items()}`),
      fc.tuple(two, tie('expression')).map(([[a, b], c]) => `(${a} if ${b} else ${c})`),
      tie('expression').map((body) => `(lambda n, *a, **k: ${body})`),
      name.map((value) => `f"{${value}!r:>{n}}"`),
      tie('expression').map((value) => `(x := ${value})`),
      tie('expression').map((value) => `(not -${value})`),
    ),
  };
});

const indented = (lines: Lines): Lines => (lines.length > 0 ? lines : ['pass']).map((line) => `    ${line}`);
const block = (head: string, body: Lines): Lines => [...head.split('\n'), ...indented(body)];

const MODEL_LINES = [
  'self.a = nn.Linear(width, n)',
  'self.b = nn.Linear(n, width, bias=False)',
  'self.layers = nn.ModuleList([nn.Linear(width, width) for i in range(n)])',
  'self.layers.append(nn.Sequential(nn.Linear(n, n), nn.ReLU()))',
  'nn.init.normal_(self.a.weight, std=0.02)',
  'self.b.weight = self.a.weight',
  'x = self.b(F.relu(self.a(x)))',
  'x = x + self.layers[i](x)',
  'for p in self.parameters(): nn.init.zeros_(p)',
  'x = [x] * n',
  'x = x + x',
];

const simple: fc.Arbitrary<Lines> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...MODEL_LINES).map((line) => [line]) },
  fc.tuple(name, expression).map(([to, value]) => [`${to} = ${value}`]),
  fc.tuple(name, fc.constantFrom('+=', '*=', '-=', '**='), expression).map((parts) => [parts.join(' ')]),
  fc.tuple(name, name, expression).map(([a, b, value]) => [`${a}, *${b} = ${value}`]),
  fc.tuple(name, expression).map(([to, value]) => [`${to}[${value}] = ${to}`]),
  expression.map((value) => [value]),
  fc
    .tuple(fc.constantFrom('return', 'raise', 'assert', 'yield', 'yield from'), expression)
    .map((p) => [p.join(' ')]),
  fc.constantFrom(
    ['pass'],
    ['break'],
    ['continue'],
    ['del x, self.a'],
    ['global x, f'],
    ['import math as g'],
    ['from torch import *'],
  ),
);

interface Statements {
  readonly statement: Lines;
}

const { statement } = fc.letrec<Statements>((tie) => {
  const body = fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((each) => each.flat() as Lines);
  const headed = (head: fc.Arbitrary<string>) =>
    fc.tuple(head, body).map(([first, lines]) => block(first, lines));
  return {
    statement: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 12, arbitrary: simple },
      headed(expression.map((test) => `if ${test}:`)),
      fc
        .tuple(expression, body, body)
        .map(([test, a, b]) => [...block(`if ${test}:`, a), ...block('else:', b)]),
      headed(fc.tuple(name, expression).map(([one, of]) => `for ${one} in ${of}:`)),
      headed(fc.nat(1000).map((times) => `for i in range(${times}):`)),
      headed(fc.oneof(expression, fc.constant('True')).map((test) => `while ${test}:`)),
      headed(expression.map((value) => `with ${value} as x, ${value}:`)),
      headed(
        fc.constantFrom(
          'def f(x, n=1, *a, **k):',
          'async def g(self):',
          '@f\ndef g(x):',
          'def __getattr__(self, k):',
        ),
      ),
      headed(fc.constantFrom('class Net(nn.Module):', 'class B(Net):', 'class C(B, Net, metaclass=f):')),
      fc
        .tuple(body, body)
        .map(([a, b]) => [...block('try:', a), ...block('except f as x:', b), ...block('finally:', a)]),
      fc
        .tuple(expression, body)
        .map(([of, lines]) => block(`match ${of}:`, block('case [x, *_] | {"k": x} if n:', lines))),
    ),
  };
});

const suite = fc.array(statement, { minLength: 2, maxLength: 8 }).map((each) => each.flat());

/** Grammatical Python about models, of any meaning or none, mostly 2 to 16 kB. */
export const pythonProgram: fc.Arbitrary<string> = fc
  .record({ before: suite, init: suite, forward: suite, after: suite })
  .map(({ before, init, forward, after }) =>
    [
      'import math\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\n',
      ...before,
      ...block('class Net(nn.Module):', [
        ...block('def __init__(self, width, n=64, cfg=None):', ['super().__init__()', ...init]),
        ...block('def forward(self, x):', forward),
      ]),
      ...after,
      'model = Net(width=256)\nopt = torch.optim.Adam(model.parameters(), lr=1e-3)\n',
    ].join('\n'),
  );
