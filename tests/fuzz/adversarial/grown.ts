import { HEAD, inForward, inModel, type NamedText, namedTexts, times } from './named-text.ts';

/** Code without its imports. */
const body = (text: string): string => text.slice(HEAD.length);

/** What a generator or a person who wants to hurt writes with a loop: a text of some size. */
const GROWTHS: Readonly<Record<string, (size: number) => string>> = {
  'type parameters': (size) =>
    `${HEAD}class Net[${times(size, (i) => (i === 0 ? 'T0' : `T${i}: dict[T${i - 1}, T${i - 1}] = T${i - 1}`), ', ')}](nn.Module):\n    def __init__[${times(size, (i) => `U${i}`, ', ')}](self, width: T${size - 1}):\n        super().__init__()\n        self.fc = nn.Linear[T0](width, width)\n`,
  'cases of a match': (size) =>
    inModel(
      'match width:',
      times(
        size,
        (i) =>
          `    case {"k": [${i}, *rest], **others} | Net(a=${i}, b=rest) if (w${i} := width * ${i}):\n        self.l${i} = nn.Linear(w${i}, width)`,
        '\n',
      ),
    ),
  'decorators that wrap': (size) =>
    `${HEAD}${times(size, (i) => `def d${i}(f):\n    def g(*a, **k): return f(*a, **k)\n    return g\n`)}class Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, width)\n${times(size, (i) => `    @d${i}\n`)}    def forward(self, x):\n        return self.fc(x)\n`,
  'decorators that call twice': (size) =>
    `${HEAD}def twice(f): return lambda *a: f(f(*a))\n${body(
      inForward(`f = self.fc\n${times(size, () => 'f = twice(f)', '\n')}`, 'x = f(x)'),
    )}`,
  'imports of everything': (size) =>
    `${HEAD}${times(size, (i) => `from .m${i} import *\nfrom m${i}.torch import *\n`)}${body(inModel('x = Linear(width, width)'))}`,
  'keys of a dict of layers': (size) =>
    inForward(
      'for key, layer in self.parts.items(): x = x + layer(x)',
      'for key in self.parts: x = self.parts[key](x) if key in self.parts else x',
    ).replace(
      'self.fc =',
      `self.parts = nn.ModuleDict({f"k{i}": nn.Linear(width, width) for i in range(${size})})\n        self.fc =`,
    ),
  metaclasses: (size) =>
    `${HEAD}class M0(type):\n    def __call__(cls, *a, **k): return super().__call__(*a, **k)\n${times(size, (i) => `class M${i + 1}(M${i}, metaclass=M${i}):\n    def __call__(cls, *a, **k): return super().__call__(*a, **k)\n    def __new__(m, name, bases, space): return super().__new__(m, name, bases, {**space, name: bases})\n    def __getattr__(cls, name): return getattr(cls, name + name)\n`)}${body(inModel()).replace('(nn.Module)', `(nn.Module, metaclass=M${size})`)}`,
  'comprehensions in comprehensions': (size) =>
    inModel(
      `n = ${Math.ceil(size ** 0.25)}`,
      'self.l = nn.ModuleList([l for a in [[[[nn.Linear(width, width) for i in range(n)] for j in range(n)] for k in range(n)] for m in range(n)] for b in a for c in b for l in c])',
      's = {k: {j: {i: k + j + i for i in range(n)} for j in range(n)} for k in range(n)}',
    ),
  'lines of executed strings': (size) =>
    inModel(
      `exec(${JSON.stringify(times(size, (i) => `self.l${i} = nn.Linear(width, width)\n`))})`,
      `exec("\\n".join(f"self.m{i} = nn.Linear(width, {i})" for i in range(${size})))`,
      `x = eval(${JSON.stringify(times(size, '1', ' + '))})`,
      `exec("exec(" * ${size} + "'x = 1'" + ")" * ${size})`,
    ),
  'groups of an optimizer by conditions': (size) =>
    `${inModel('self.l = nn.ModuleList([nn.Linear(width, width) for _ in range(12)])')}model = Net(64)\ngroups = {}\nfor name, p in model.named_parameters():\n${times(size, (i) => `    ${i ? 'el' : ''}if "${i}" in name or p.ndim == ${i}: groups.setdefault(${i}, []).append(p)\n`)}    else: groups.setdefault(-1, []).append(p)\no = torch.optim.AdamW([{"params": ps, "lr": 1e-3 / (1 + k)} for k, ps in groups.items()], lr=1e-3)\n`,
  'optimizers in a loop over models': (size) =>
    `${inModel()}models = [Net(2 ** (i % 12)) for i in range(${size})]\nopts = [torch.optim.Adam(m.parameters(), lr=0.1 / i) for i, m in enumerate(models, 1)]\nfor m, o in zip(models, opts):\n    for g in o.param_groups: g["lr"] *= 0.5\n`,
  'properties that call two others': (size) =>
    inModel('x = self.p0').replace(
      '    def forward',
      `    p${size} = 1\n${times(size, (i) => `    @property\n    def p${i}(self): return self.p${i + 1} + self.p${i + 1}\n`)}    def forward`,
    ),
  'functions that hand on two others': (size) =>
    `${HEAD}def f0(x): return nn.Sequential(nn.Linear(x, x))\n${times(size, (i) => `def f${i + 1}(x, f=f${i}): return nn.Sequential(f(x), f${i}(x))\n`)}${body(inModel(`self.m = f${size}(width)`))}`,
  'partials of partials': (size) =>
    inModel(
      'from functools import partial',
      'p = nn.Linear',
      `for i in range(${size}): p = partial(p, bias=i % 2 == 0)`,
      'self.p = p(width, width)',
      `q = ${'partial('.repeat(Math.min(size, 80))}nn.Linear${', width)'.repeat(Math.min(size, 80))}`,
      'self.q = q()',
    ),
  'operands of einsum': (size) =>
    inForward(
      `y = torch.einsum("${times(size, (i) => String.fromCodePoint(97 + (i % 26), 97 + ((i + 1) % 26)), ',')}->ab", ${times(size, 'x', ', ')})`,
      `z = torch.einsum("b${'i'.repeat(size)},b${'j'.repeat(size)}->b", x, x)`,
      'x = x + y + z',
    ),
  'dimensions of a tensor': (size) =>
    inForward(
      `x = x.view(*[1] * ${size}, -1)`,
      `x = x.permute(*reversed(range(${size} + 1)))`,
      `for i in range(${size}): x = x.transpose(i, i + 1).unsqueeze(i)`,
      'x = x.flatten()',
    ),
  'fields of dataclasses': (size) =>
    `${HEAD}from dataclasses import dataclass, field, replace, asdict\n@dataclass\nclass C0:\n    n_0: int = 64\n${times(size, (i) => `@dataclass\nclass C${i + 1}(C${i}):\n    n_${i + 1}: int = field(default_factory=lambda: C${i}().n_${i})\n`)}${body(inModel(`c = replace(C${size}(), n_0=width)`, `self.x = nn.Linear(c.n_0, c.n_${size})`, `self.y = nn.Linear(**{k: v for k, v in asdict(c).items()})`))}`,
  'generators that hand on': (size) =>
    `${HEAD}def g0(n):\n    yield nn.Linear(n, n)\n${times(size, (i) => `def g${i + 1}(n):\n    yield from g${i}(n)\n    yield nn.ReLU()\n`)}${body(inModel(`self.m = nn.Sequential(*g${size}(width))`))}`,
  'assignments inside conditions': (size) =>
    inModel(
      `xs = [y for i in range(${size}) if (a := i) ${times(Math.min(size, 200), (i) => `and (b${i} := a + ${i})`, ' ')} for y in [a := i]]`,
      ...Array.from({ length: Math.min(size, 1500) }, (_, i) => `n = (m${i} := width * ${i + 1}) or m${i}`),
      'self.x = nn.Linear(n, n)',
    ),
  'names made by f-strings': (size) =>
    inModel(
      `for i in range(${size}): setattr(self, f"l{i:0{i % 9}d}{'x' * i!r:>{i}}", nn.Linear(width, width))`,
      `for i in range(${size}): nn.init.normal_(getattr(self, f"l{i:0{i % 9}d}{'x' * i!r:>{i}}").weight, std=f"{i}")`,
    ),
};

const SIZES = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000];

/** One thing of a language that has many, from few to far more than anybody writes. */
export const grown: readonly NamedText[] = namedTexts(
  Object.fromEntries(
    Object.entries(GROWTHS).flatMap(([name, grow]) =>
      SIZES.map((size) => [`${name}, ${size} of them`, () => grow(size)]),
    ),
  ),
);
