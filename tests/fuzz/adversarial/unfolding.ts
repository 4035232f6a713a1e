import { type Family, HEAD, inForward, inModel, type NamedText, namedTexts, times } from './named-text.ts';

const double = (what: string, from: string, rounds = 60): string =>
  inModel(`s = ${from}`, `for i in range(${rounds}): s = ${what}`);

/** Small files whose values grow: doubling, products, powers, shifts. */
const values: Family = {
  'a string doubled': () => double('s + s', '"ab"'),
  'bytes doubled': () => double('s + s', 'b"ab"'),
  'a string times 1000': () => double('s * 1000', '"ab"'),
  'a list doubled': () => double('s + s', '[1]'),
  'a list times 1000': () => double('s * 1000', '[1]'),
  'a tuple doubled': () => double('s + s', '(1,)'),
  'a list of itself': () => double('[s, s]', '[1]'),
  'a list of itself, repeated': () => double('[s] * 100', '[1]'),
  'a tuple of itself': () => double('(s, s, s)', '()'),
  'a dict of itself': () => double('{"a": s, "b": s}', '{}'),
  'a dict joined with itself': () => double('{**s, str(i): s}', '{}'),
  'a set joined': () => double('s | {i, (i, i)}', '{1}', 10_000),
  'a list extended by itself': () => inModel('s = [1]', 'for i in range(60): s.extend(s)'),
  'a list appended to itself': () => inModel('s = [1]', 's.append(s)', 'for i in range(60): s = s + [s]'),
  'a list added in place': () => inModel('s = [1]', 'for i in range(60): s += s'),
  'a list multiplied in place': () => inModel('s = [1]', 'for i in range(60): s *= 2'),
  'a slice of a doubled list': () => double('s[:] + s[::1]', '[1]'),
  'a doubled string, split': () => inModel('s = "ab"', 'for i in range(27): s = s + s', 's.split("b")'),
  'a doubled string in lower case 4,096 times': () =>
    inModel(
      's = "ab"',
      'for i in range(27): s = s + s',
      'for i in range(64):\n    for j in range(64): t = s.lower()',
    ),
  'a doubled string, replaced': () => double('s.replace("a", "aa")', '"a"'),
  'a doubled string, joined': () => double('s.join([s, s, s])', '"a"', 40),
  'a doubled string, found in itself': () =>
    inModel('s = "a"', 'for i in range(22): s = s + s', 'for i in range(999): s.find(s + "b")'),
  'a doubled string, formatted': () => double('f"{s}{s}"', '"a"'),
  'a doubled string by format': () => double('"{0}{0}".format(s)', '"a"'),
  'a doubled string by percent': () => double('"%s%s" % (s, s)', '"a"'),
  'a string padded to 10**12': () =>
    inModel('s = "a".ljust(10**12)', 's = "a".zfill(10**12)', 's = f"{1:>1000000000000}"'),
  'a doubled string as a key': () =>
    inModel('s = "a"', 'd = {}', 'for i in range(60):\n    s = s + s\n    d[s] = s'),
  'a doubled name of a layer': () =>
    inModel('s = "a"', 'for i in range(30): s = s + s', 'setattr(self, s, nn.Linear(width, width))'),
  'a power tower': () => inModel('n = 10**10**10**10', 'self.x = nn.Linear(n, n)'),
  'a number squared 10,000 times': () => double('s * s', '3', 10_000),
  'a number to itself': () => double('s ** s', '3', 10_000),
  'a shift by 10**12': () => inModel('n = 1 << 10**12', 'self.x = nn.Linear(n, width)'),
  'a shift doubled': () => double('s << s', '1'),
  'a factorial': () =>
    inModel('n = 1', 'for i in range(1, 100000): n = n * i', 'self.x = nn.Linear(n, width)'),
  'a fraction of coprime numbers': () => double('s * 7919 / 7907 + 1 / 3', '1.0', 10_000),
  'an exponent of a thousand factors': () =>
    inModel('n = width', `n = ${times(1000, 'width ** 0.3', ' * ')}`, 'self.x = nn.Linear(n, n)'),
  'a polynomial in a hundred widths': () =>
    `${HEAD}class Net(nn.Module):\n    def __init__(self, ${times(100, (i) => `w${i}`, ', ')}):\n        super().__init__()\n        n = ${times(100, (i) => `(w${i} + ${i})`, ' * ')}\n        self.a = nn.Linear(n, n)\n`,
  'a product of sums': () =>
    inModel(`n = ${times(30, '(width + a + b + c)', ' * ')}`, 'self.x = nn.Linear(n, n)'),
  'nested max and min': () =>
    inModel(
      'n = width',
      'for i in range(10000): n = max(n, min(n, width * 2), n + 1)',
      'self.x = nn.Linear(n, n)',
    ),
  'a range of 10**18': () =>
    inModel('for i in range(10**18): x = i', 'xs = list(range(10**18))', 'n = len(xs)'),
  'a range of a range': () =>
    inModel('xs = [range(10**9) for i in range(10**9)]', 'ys = [list(x) for x in xs]'),
  'a sorted range': () =>
    inModel('xs = sorted(range(10**9), reverse=True)', 's = sum(range(10**10))', 't = tuple(range(10**9))'),
  'a product by zip and enumerate': () => inModel('xs = list(enumerate(zip(range(10**9), range(10**9))))'),
  'a comprehension of five loops': () =>
    inModel(
      `xs = [i ${times(5, (i) => `for i${i} in range(1000)`, ' ')} ]`,
      `ys = {i: [x for x in xs] for i in range(1000)}`,
    ),
  'a comprehension of itself': () => double('[[x, x] for x in s for y in s]', '[1, 2]'),
  'a shape of 10**6 dimensions': () => inModel('self.p = nn.Parameter(torch.zeros([width] * 10**6))'),
  'a shape of 10**300': () =>
    inModel('self.p = nn.Parameter(torch.zeros(10**300, 10**300))', 'self.x = nn.Linear(10**400, width)'),
  'a shape that is negative, infinite, complex': () =>
    inModel(
      'self.a = nn.Linear(-width, width)',
      'self.b = nn.Linear(float("inf"), 1j)',
      'self.c = nn.Linear(1e999, -1e999)',
      'self.d = nn.Linear(float("nan"), 0)',
    ),
  'a million layers in a list': () =>
    inModel('self.l = nn.ModuleList([nn.Linear(width, width) for i in range(10**6)])'),
  'a million layers times a million': () =>
    inModel('self.l = nn.Sequential(*([nn.Linear(width, width)] * 10**6 * 10**6))'),
  'layers in layers 60 times': () =>
    inModel('m = nn.Linear(width, width)', 'for i in range(60): m = nn.Sequential(m, m)', 'self.m = m'),
  'a list of layers that doubles': () =>
    inModel(
      'ls = [nn.Linear(width, width)]',
      'for i in range(40): ls = ls + ls',
      'self.ls = nn.ModuleList(ls)',
    ),
  'deep copies that double': () =>
    inModel(
      'import copy',
      'ls = [nn.Linear(width, width)]',
      'for i in range(40): ls = ls + copy.deepcopy(ls)',
      'self.ls = nn.ModuleList(ls)',
    ),
  'a tensor reshaped 100,000 times': () =>
    inForward('for i in range(100000): x = x.view(-1, i).transpose(0, 1).reshape(x.shape)'),
  'a tensor concatenated with itself': () =>
    inForward('for i in range(60): x = torch.cat([x, x], dim=-1)', 'x = torch.stack([x] * 10**9)'),
  'a tensor split to pieces': () =>
    inForward(
      'xs = x.split(1)',
      'xs = x.chunk(10**9)',
      'a, *b = x.unbind(0)',
      'x = torch.cat(list(xs) * 10**9)',
    ),
  'an einsum of 10,000 letters': () => inForward(`x = torch.einsum("${times(10_000, 'ab', ',')}->a", x, x)`),
};

/** Small files whose running grows: recursion, loops, branches, classes, generators. */
const running: Family = {
  'a function that calls itself twice': () =>
    `${HEAD}def f(n):\n    return f(n - 1) + f(n - 1)\n${inModel('n = f(100)').slice(HEAD.length)}`,
  Ackermann: () =>
    `${HEAD}def a(m, n):\n    return n + 1 if m == 0 else a(m - 1, 1 if n == 0 else a(m, n - 1))\n${inModel('n = a(4, 4)').slice(HEAD.length)}`,
  'two functions in a ring': () =>
    `${HEAD}def f(x): return g(x, x)\ndef g(x, y): return f(x) + f(y)\n${inModel('n = f(width)').slice(HEAD.length)}`,
  'a function of itself': () => `${HEAD}def f(g): return g(g)(g)\n${inModel('n = f(f)').slice(HEAD.length)}`,
  'the Y combinator': () =>
    inModel(
      'y = (lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v))))',
      'n = y(lambda f: lambda n: f(n) + f(n))(width)',
    ),
  'church numerals': () =>
    inModel('two = lambda f: lambda x: f(f(x))', 'n = two(two)(two)(two)(two)(lambda x: x + 1)(0)'),
  'closures in closures': () =>
    inModel('f = lambda x: x', 'for i in range(60): f = (lambda g: lambda x: g(g(x)))(f)', 'n = f(width)'),
  'a hundred functions, each calling the next twice': () =>
    `${HEAD}${times(100, (i) => `def f${i}(x):\n    return f${i + 1}(x) + f${i + 1}(x)\n`)}def f100(x):\n    return x\n${inModel('n = f0(width)').slice(HEAD.length)}`,
  'a constructor that constructs itself': () => inModel('self.a = Net(width)', 'self.b = Net(width + 1)'),
  'constructors in a ring': () =>
    `${HEAD}class A(nn.Module):\n    def __init__(self, n):\n        self.b = B(n)\n        self.c = B(n * 2)\nclass B(nn.Module):\n    def __init__(self, n):\n        self.a = A(n)\n        self.d = A(n + 1)\n`,
  'a tree of models 30 deep': () =>
    `${HEAD}class T(nn.Module):\n    def __init__(self, n, depth):\n        super().__init__()\n        self.fc = nn.Linear(n, n)\n        if depth > 0:\n            self.l = T(n, depth - 1)\n            self.r = T(n, depth - 1)\n    def forward(self, x):\n        return self.l(x) + self.r(x)\nT(64, 30)\n`,
  'five nested loops': () =>
    inModel(
      `${times(5, (i) => `${' '.repeat(i)}for i${i} in range(1000):\n`)}     x = nn.Linear(width, width)`,
    ),
  'five nested loops over attributes': () =>
    inModel(
      `${times(5, (i) => `${' '.repeat(i)}for i${i} in range(1000):\n`)}     setattr(self, f"l{i0}_{i1}_{i2}", nn.Linear(width, i4))`,
    ),
  'a loop without end': () => inModel('while True: self.x = nn.Linear(width, width)'),
  'a loop without end that appends': () =>
    inModel('xs = []', 'while True: xs.append(xs + [nn.Linear(width, width)])'),
  'a loop over what it appends to': () => inModel('xs = [1]', 'for x in xs: xs.append(x)'),
  'a loop over a dict that it fills': () => inModel('d = {0: 0}', 'for k in d: d[k + 1] = d'),
  'iter of a function': () => inModel('for x in iter(lambda: nn.Linear(width, width), None): self.x = x'),
  'an endless generator': () =>
    `${HEAD}def g():\n    while True:\n        yield from g()\n        yield g()\n${inModel('xs = list(g())', 'for x in g(): y = x').slice(HEAD.length)}`,
  'generators in generators': () =>
    inModel(
      'g = (x for x in range(10**9))',
      'for i in range(100): g = (y for x in g for y in (x, x))',
      'n = sum(g)',
    ),
  'an iterator that is its own': () =>
    `${HEAD}class I:\n    def __iter__(self): return I()\n    def __next__(self): return I()\n${inModel('for x in I():\n    for y in x: self.z = y').slice(HEAD.length)}`,
  'a property of itself': () =>
    `${HEAD}class A(nn.Module):\n    @property\n    def x(self): return self.x + self.x\n    def __getattr__(self, k): return getattr(self, k + k)\n    def forward(self, x): return self.x + self.nothing\n`,
  'a __call__ in a ring': () =>
    `${HEAD}class A:\n    def __call__(self, *a): return self(*a, *a)\n    def __add__(self, o): return self + self + o\n    def __len__(self): return len(self)\n${inModel('n = A()(width) + A()', 'm = len(A())').slice(HEAD.length)}`,
  'a forward in a ring': () => inForward('x = self.forward(self(x)) + self.forward(x)'),
  'a class of itself': () =>
    `${HEAD}class A(A, A): pass\nclass B(C): pass\nclass C(B): pass\nclass D(D.E): pass\nclass Net(C, nn.Module): pass\n`,
  'a diamond 20 deep': () =>
    `${HEAD}class A0(nn.Module): pass\nclass B0(nn.Module): pass\n${times(20, (i) => `class A${i + 1}(A${i}, B${i}): pass\nclass B${i + 1}(B${i}, A${i}): pass\n`)}A20()\n`,
  'super of super': () =>
    `${HEAD}class A(nn.Module):\n    def __init__(self, n):\n        super().__init__(n)\n        super(A, self).__init__(super())\n        A.__init__(self, n)\n`,
  'a metaclass of itself': () =>
    `${HEAD}class M(type, metaclass=M):\n    def __new__(m, *a): return M(m, *a)\nclass Net(nn.Module, metaclass=M): pass\n`,
  'classes made in a loop': () =>
    inModel(
      'for i in range(100000):\n    class B(nn.Module):\n        def __init__(self): self.x = nn.Linear(i, i)\n    self.b = B()',
    ),
  'functions made in a loop': () =>
    inModel(
      'fs = []',
      'for i in range(100000):\n    def f(x, i=i): return fs\n    fs.append(f)',
      'for f in fs: f(width)',
    ),
  'a decorator of itself': () =>
    `${HEAD}def d(f): return d(d(f))\n@d\nclass Net(nn.Module):\n    @d\n    def __init__(self, n): self.a = nn.Linear(n, n)\n    @d\n    def forward(self, x): return self.a(x)\n`,
  'apply that applies': () =>
    inModel(
      'self.a = nn.Linear(width, width)',
      'def w(m):\n    m.apply(w)\n    for c in m.modules(): c.apply(w)',
      'self.apply(w)',
    ),
  'modules that hold each other': () =>
    inModel(
      'self.a = nn.Module()',
      'self.a.b = self',
      'self.me = self',
      'for m in self.modules():\n    for n in m.modules(): n.x = nn.Linear(width, width)',
    ),
  'named_parameters in named_parameters': () =>
    inModel(
      'self.l = nn.ModuleList([nn.Linear(width, width) for i in range(100)])',
      `${times(5, (i) => `${' '.repeat(i)}for n${i}, p${i} in self.named_parameters():\n`)}     nn.init.normal_(p4, std=0.02)`,
    ),
  '24 branches that all matter': () =>
    inModel(
      'xs = []',
      times(24, (i) => `if a${i}: xs.append(nn.Linear(width, ${i + 1}))`, '\n'),
      'self.xs = nn.ModuleList(xs)',
    ),
  '200 branches with heaps': () =>
    inModel(
      'd = {}',
      times(200, (i) => `if a${i}: d["k${i}"] = [${i}]\nelse: d["k${i}"] = {}`, '\n'),
    ),
  'branches in a loop': () =>
    inModel(
      'x = 1',
      'for i in range(1000):\n    if a: x = [x]\n    elif b: x = (x, i)\n    else: x = {i: x}',
    ),
  'a state machine by match': () =>
    inModel(
      's = 0',
      `while s != 99:\n    match s:\n${times(99, (i) => `        case ${i}: s = ${(i * 7) % 98}\n`)}`,
    ),
  'exceptions in a ring': () =>
    inModel(
      'while True:\n    try:\n        raise E(self)\n    except E as e:\n        self.e = [e, e]\n        continue\n    finally:\n        self.f = nn.Linear(width, width)',
    ),
  'unpacking without end': () =>
    inModel(
      'xs = [1, 2]',
      'for i in range(60): a, *b = xs = [*xs, *xs]',
      'f(*xs, *xs, **{"k": xs}, **{"k": xs})',
    ),
  'arguments that double': () =>
    `${HEAD}def f(*a, **k): return f(*a, *a, **k)\n${inModel('f(1, k=2)').slice(HEAD.length)}`,
  'names that are rebound everywhere': () =>
    `${HEAD}def f():\n    global nn, torch, f, Net\n    nn = f\n    torch = [nn]\n    Net = f\nf()\n${inModel('f()', 'nn.Linear = f', 'torch.nn = self').slice(HEAD.length)}`,
  'exec and eval': () =>
    inModel(
      'exec("self.x = " * 1000)',
      'eval(eval(eval("x")))',
      'globals()["x"] = locals()',
      '__import__("os").system("true")',
    ),
  'a star import of everything': () =>
    `${HEAD}from torch import *\nfrom torch.nn import *\nfrom . import *\nfrom .... import *\n${inModel('x = Linear(width, width)').slice(HEAD.length)}`,
  'reduce of a million': () =>
    inModel(
      'import functools',
      'n = functools.reduce(lambda a, b: a + [a, b], range(10**6), [])',
      'm = max(map(lambda x: [x] * x, range(10**6)))',
    ),
  itertools: () =>
    inModel(
      'import itertools',
      'for p in itertools.product(range(10**6), repeat=10**6): x = p',
      'xs = list(itertools.chain(*itertools.repeat([1] * 10**6)))',
      'for c in itertools.count(): y = c',
    ),
  'an optimizer of endless groups': () =>
    `${inModel()}m = Net(64)\ngroups = []\nfor p in m.parameters():\n    for i in range(10**9): groups.append({"params": [p] * 10**6, "lr": i})\no = torch.optim.Adam(groups, lr=1e-3)\n`,
  'a rate of a thousand products': () =>
    `${inModel()}m = Net(64)\nlr = ${times(1000, '(64 / 128) ** 0.5', ' * ')}\no = torch.optim.Adam(m.parameters(), lr=lr)\n`,
  '500 constructions of one model': () =>
    inModel() +
    times(500, (i) => `m${i} = Net(${i + 1})\no${i} = torch.optim.SGD(m${i}.parameters(), lr=0.1)\n`),
};

/** Eleven lines, and a memory full of what they make. */
export const unfolding: readonly NamedText[] = [...namedTexts(values), ...namedTexts(running)];
