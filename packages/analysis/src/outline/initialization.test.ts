import { describe, expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../test/chain-model.ts';
import { analyse, findingsOf, matricesOf, onlyModel } from '../../test/check-findings.ts';
import { missingText } from '../words/missing-text.ts';

/** b of the hidden weight, and whether MUP101 stands. */
function hiddenInit(parts: ChainParts): string {
  const source = chainModel(parts);
  const row = onlyModel(source).weights.find(({ name }) => name === 'b.weight');
  const codes = new Set(findingsOf('MUP101', source).map(({ code }) => code));
  return [row?.b ?? '?', ...codes].join(' ');
}

const SMALL = 'nn.init.normal_(self.b.weight, std=0.02)';
const MUP = 'nn.init.normal_(self.b.weight, std=n ** -0.5)';

type Case = readonly [what: string, parts: ChainParts, b: string];

function expectEach(cases: readonly Case[]): void {
  for (const [what, parts, b] of cases) test(what, () => expect(hiddenInit(parts)).toBe(b));
}

describe('a single row or column that is zeroed leaves how the others start:', () => {
  expectEach([
    ['by a number', { init: `${SMALL}\nself.b.weight.data[0] = 0` }, '0 MUP101'],
    ['in brackets with all of the others', { init: `${SMALL}\nself.b.weight.data[:, 3] = 0.0` }, '0 MUP101'],
    ['by an initializer', { init: `${SMALL}\nnn.init.constant_(self.b.weight[-1], 0)` }, '0 MUP101'],
    ['by a method', { init: `${SMALL}\nself.b.weight.data[0].zero_()` }, '0 MUP101'],
    ['but not another value', { init: `${SMALL}\nself.b.weight.data[0] = 1` }, '?'],
    ['nor several', { init: `${SMALL}\nself.b.weight.data[:2] = 0` }, '?'],
    [
      'nor each of them in turn',
      { init: `${SMALL}\nfor i in range(n):\n    self.b.weight.data[i] = 0` },
      '?',
    ],
    ['nor the only one', { init: `${SMALL}\nself.b.weight.data.view(1, -1)[0] = 0` }, '?'],
  ]);
});

describe('what may run or not leaves what was there beside it:', () => {
  expectEach([
    [
      'one case of a match',
      { init: `${SMALL}\nmatch n:\n    case 1:\n        pass\n    case _:\n        ${MUP}` },
      '?',
    ],
    [
      'every case of a match',
      { init: `match n:\n    case 1:\n        ${SMALL}\n    case _:\n        ${SMALL}` },
      '0 MUP101',
    ],
    [
      'a side of a conditional expression',
      { init: `nn.init.zeros_(self.b.weight) if n > 4 else ${SMALL}` },
      '?',
    ],
    ['the right of an and', { init: `${MUP}\nn > 9 and ${SMALL}` }, '?'],
    [
      'the body of a comprehension with a condition',
      { init: `${MUP}\n[nn.init.normal_(m.weight, std=0.02) for m in [self.b] if n > 9]` },
      '?',
    ],
    [
      'items that a comprehension may have left out',
      {
        init: `${MUP}\nfor m in [m for m in [self.a, self.b] if n > 9]:\n    nn.init.normal_(m.weight, std=0.02)`,
      },
      '?',
    ],
    [
      'one of two initializers',
      { init: 'f = nn.init.zeros_ if n > 4 else nn.init.xavier_normal_\nf(self.b.weight)' },
      '?',
    ],
    [
      'one of two weights',
      { init: `${MUP}\nw = self.b.weight if n > 4 else self.c.weight\nw.data.normal_(0, 0.02)` },
      '?',
    ],
    [
      'a factor on one of two weights',
      { init: `${MUP}\nw = self.b.weight if n > 4 else self.c.weight\nw *= 7 * n` },
      '?',
    ],
    [
      'a method that only other files can call',
      { init: SMALL, methods: `def restart(self):\n    n = self.n\n    ${MUP}` },
      '?',
    ],
  ]);
});

describe('a write through another way to the weight counts:', () => {
  expectEach([
    [
      'an assignment to all its numbers',
      { init: `${SMALL}\nself.b.weight.data[:] = torch.randn(n, n) / n ** 0.5` },
      '?',
    ],
    ['zeros in some of its rows', { init: 'nn.init.zeros_(self.b.weight[:4])' }, '?'],
    ['zeros in some of its rows, in place', { init: 'self.b.weight.data[:4].zero_()' }, '?'],
    ['a view', { init: 'nn.init.normal_(self.b.weight.view(-1), std=0.02)' }, '0 MUP101'],
    ['a keyword', { init: 'nn.init.normal_(std=0.02, tensor=self.b.weight)' }, '0 MUP101'],
    [
      'a name that is computed',
      { init: `${SMALL}\nnn.init.normal_(getattr(self, f'{self.key}').weight, std=n ** -0.5)` },
      '?',
    ],
    [
      'get_submodule',
      { init: `${SMALL}\nnn.init.normal_(self.get_submodule('b').weight, std=n ** -0.5)` },
      '0.5',
    ],
    [
      'get_parameter',
      { init: `${SMALL}\nnn.init.normal_(self.get_parameter('b.weight'), std=n ** -0.5)` },
      '0.5',
    ],
    [
      'state_dict',
      { init: `${SMALL}\nfor k, v in self.state_dict().items():\n    v.mul_(n ** -0.5)` },
      '0.5',
    ],
    [
      '_modules',
      { init: `${SMALL}\nfor m in self._modules.values():\n    m.weight.data.normal_(0, n ** -0.5)` },
      '0.5',
    ],
    [
      'the first of its parameters',
      { init: `${SMALL}\nnn.init.normal_(next(self.b.parameters()), std=n ** -0.5)` },
      '0.5',
    ],
    [
      'a slice of a list',
      { init: `${SMALL}\nfor p in list(self.parameters())[1:2]:\n    nn.init.normal_(p, std=n ** -0.5)` },
      '0.5',
    ],
    [
      'a dict by a key',
      { init: `${SMALL}\nd = {'x': self.b}\nfor k in d:\n    nn.init.normal_(d[k].weight, std=n ** -0.5)` },
      '0.5',
    ],
    [
      'a cached property',
      {
        before: 'import functools',
        init: `${SMALL}\nfor m in self.inner:\n    nn.init.normal_(m.weight, std=n ** -0.5)`,
        methods: '@functools.cached_property\ndef inner(self):\n    return [self.b]',
      },
      '0.5',
    ],
    [
      'a weight that two layers share',
      {
        init: `${SMALL}\nself.d = nn.Linear(n, n)\nself.d.weight = self.b.weight\nnn.init.normal_(self.d.weight, std=n ** -0.5)`,
        forward: 'return self.c(self.d(self.b(self.a(x))))',
      },
      '0.5',
    ],
    [
      'only some modules, by a predicate',
      {
        init: `${MUP}\nfor m in filter(lambda m: isinstance(m, nn.Embedding), self.modules()):\n    nn.init.normal_(m.weight, std=0.02)`,
      },
      '0.5',
    ],
    [
      'one of many modules',
      {
        init: 'self.more = nn.ModuleList()\nfor _ in range(60):\n    self.more.append(nn.Sequential(nn.Linear(n, n), nn.Tanh()))\nfor m in self.modules():\n    if isinstance(m, nn.Linear):\n        nn.init.normal_(m.weight, std=0.02)',
        forward: 'h = self.a(x)\nfor m in self.more:\n    h = m(h)\nreturn self.c(self.b(h))',
      },
      '0 MUP101',
    ],
  ]);
});

/** Parts of two parts each: `Two9` has over a thousand in it. */
const TWOS = [
  'class Two0(nn.Identity):\n    pass',
  ...Array.from(
    { length: 10 },
    (_, deep) => `
class Two${deep + 1}(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = Two${deep}()
        self.right = Two${deep}()
`,
  ),
].join('\n');

test.each([
  ['over a thousand modules', 'Two9', '0 MUP101'],
  ['more modules than are gone through, which leaves how it starts unknown', 'Two10', '?'],
])('a loop starts a weight that is in one of %s', (_what, many, expected) => {
  const loop = `for m in self.modules():\n    if isinstance(m, nn.Linear):\n        ${SMALL.replace('self.b', 'm')}`;
  expect(hiddenInit({ before: TWOS, init: `self.more = ${many}()\n${loop}` })).toBe(expected);
});

test('a loop over more numbers than are gone through leaves a weight as it starts', () => {
  expect(hiddenInit({ init: `${SMALL}\nfor i in range(500):\n    print(i)` })).toBe('0 MUP101');
});

test('a weight that is another one only perhaps is initialized as it is in any case', () => {
  const init = `${SMALL}\nself.d = nn.Linear(n, n)\nif n > 9:\n    self.d.weight = self.b.weight`;
  expect(hiddenInit({ init })).toBe('0 MUP101');
});

describe('where the weight is made by something that is not read, nothing is known of it:', () => {
  const normed = 'nn.utils.parametrizations.weight_norm';
  expectEach([
    ['a reparametrization before the initializer', { init: `${normed}(self.b)\n${SMALL}` }, '?'],
    ['a reparametrization after it', { init: `${SMALL}\n${normed}(self.b)` }, '?'],
    ['a reparametrized layer', { init: `self.b = ${normed}(nn.Linear(n, n))\n${SMALL}` }, '?'],
    [
      'an imported function that is handed the model while it is built',
      { before: 'from lib import tune', init: `${SMALL}\ntune(self)` },
      '?',
    ],
    [
      'an imported function that is handed some layers',
      { before: 'from lib import tune', init: SMALL, after: 'tune([model.b])' },
      '?',
    ],
  ]);

  test('a method that a class inherits from elsewhere', () => {
    const source = chainModel({ before: 'from lib import Starts', init: `${SMALL}\nself.post_init()` });
    expect(analyse(source.replace('(nn.Module)', '(nn.Module, Starts)')).findings).toEqual([]);
  });

  describe('but not by', () => {
    expectEach([
      [
        'logging it',
        { before: 'import wandb', init: SMALL, after: 'wandb.watch(model, log="all")' },
        '0 MUP101',
      ],
      ['preparing it', { init: SMALL, after: 'model = accelerator.prepare(model)' }, '0 MUP101'],
      [
        'an optimizer of some kind',
        { init: SMALL, optimizer: 'kinds[kind](model.parameters(), lr=lr)' },
        '0 MUP101',
      ],
      ['collecting its weights', { init: SMALL, after: 'groups[0].append(model.b.weight)' }, '0 MUP101'],
      [
        'what becomes of a copy',
        { before: 'import copy', init: SMALL, after: 'nn.init.zeros_(copy.deepcopy(model).b.weight)' },
        '0 MUP101',
      ],
    ]);
  });
});

describe('a standard deviation is followed through', () => {
  const fans = 'fan_in, _ = nn.init._calculate_fan_in_and_fan_out(self.b.weight)';
  const bounds = 'std=1.0, a=-2 / math.sqrt(n), b=2 / math.sqrt(n)';
  expectEach([
    [
      'the fans of the weight',
      { init: `${fans}\nnn.init.normal_(self.b.weight, std=1 / math.sqrt(fan_in))` },
      '0.5',
    ],
    ['its size', { init: 'nn.init.normal_(self.b.weight, std=self.b.weight.size(1) ** -0.5)' }, '0.5'],
    ['its shape', { init: 'nn.init.normal_(self.b.weight, std=self.b.weight.shape[0] ** -0.5)' }, '0.5'],
    [
      'a walrus',
      { init: 'nn.init.normal_(self.b.weight, std=(s := n ** -0.5))\nnn.init.normal_(self.b.weight, std=s)' },
      '0.5',
    ],
    [
      'an assertion',
      { init: `${SMALL}\nassert nn.init.normal_(self.b.weight, std=n ** -0.5) is not None` },
      '0.5',
    ],
    ['the bounds that cut it off', { init: `nn.init.trunc_normal_(self.b.weight, ${bounds})` }, '0.5'],
    [
      'a share of zeros that is computed',
      { init: 'nn.init.sparse_(self.b.weight, 1 - 16 / n, std=0.25)' },
      '?',
    ],
    [
      'a share of zeros that is a number',
      { init: 'nn.init.sparse_(self.b.weight, 0.5, std=0.25)' },
      '0 MUP101',
    ],
    [
      'a name that a function sets from afar',
      {
        before: 'S = 0.02\ndef setup(n):\n    global S\n    S = n ** -0.5\n',
        init: 'nn.init.normal_(self.b.weight, std=S)',
      },
      '?',
    ],
  ]);
});

describe('a field that a configuration computes from its width is no constant:', () => {
  const configured = (config: string) =>
    chainModel({
      before: `from dataclasses import dataclass\n${config}`,
      init: 'nn.init.normal_(self.b.weight, std=cfg.std)',
    })
      .replace('__init__(self, n)', '__init__(self, cfg: Config)')
      .replace('self.n = n', 'n = cfg.width')
      .replace('Net(n)', 'Net(Config(n))');
  for (const [what, config] of [
    [
      'a property',
      '@dataclass\nclass Config:\n    width: int\n    @property\n    def std(self):\n        return self.width ** -0.5',
    ],
    [
      'set after the fields',
      '@dataclass\nclass Config:\n    width: int\n    std: float = 0.02\n    def __post_init__(self):\n        self.std = self.width ** -0.5',
    ],
    [
      'set by a constructor',
      'class Config:\n    def __init__(self, width):\n        self.width = width\n        self.std = width ** -0.5',
    ],
  ] as const) {
    test(what, () => {
      const source = configured(config);
      expect(onlyModel(source).weights.map(({ b }) => b)).toEqual([0, 0.5, 0.5]);
      expect(findingsOf('MUP101', source)).toEqual([]);
      const unannotated = source.replace('cfg: Config', 'cfg');
      expect(onlyModel(unannotated).weights.map(({ b }) => b)).toEqual([0, 0.5, 0.5]);
    });
  }
});

describe('a configuration that is made where none is given is of the class that the parameter is annotated with:', () => {
  const made = (annotation: string, line: string) =>
    chainModel({
      before: `from dataclasses import dataclass\nimport typing\nfrom typing import Optional\n@dataclass\nclass Config:\n    width: int = 64`,
      init: 'nn.init.normal_(self.b.weight, std=0.02)',
    })
      .replace('__init__(self, n)', `__init__(self, cfg: ${annotation} = None)`)
      .replace('self.n = n', `${line}\n        n = cfg.width`)
      .replace('Net(n)', 'Net()');
  for (const annotation of [
    'Config | None',
    'None | Config',
    'Optional[Config]',
    'typing.Optional[Config]',
  ]) {
    for (const line of ['cfg = cfg or Config()', 'if cfg is None:\n            cfg = Config()']) {
      test(`${annotation}, ${line.replaceAll(/\s+/g, ' ')}`, () => {
        const source = made(annotation, line);
        expect(onlyModel(source).weights.map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
        expect(findingsOf('MUP101', source).length).toBe(1);
      });
    }
  }
});

test('a dimension that grows faster than the width has a role', () => {
  const source = chainModel({}).replace('self.n = n', 'n = n * n');
  expect(onlyModel(source).weights.map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
});

describe('a normalization behind', () => {
  const behind = (activation: string) => ({
    init: `${SMALL}\nself.norm = nn.LayerNorm(n)`,
    forward: `return self.c(self.norm(${activation}(self.b(torch.tanh(self.a(x))))))`,
  });
  expectEach([
    ['ReLU takes the scale away', behind('F.relu'), '0'],
    ['tanh does not', behind('torch.tanh'), '0 MUP101'],
  ]);
});

test('a line that two models inherit is wrong once', () => {
  const source = chainModel({ init: SMALL }).replace('def build', 'class Sub(Net):\n    pass\n\ndef build');
  expect(analyse(source).models.map(({ name }) => name)).toEqual(['Net', 'Sub']);
  expect(findingsOf('MUP101', source).map(({ weights }) => weights)).toEqual([['b.weight']]);
});

test('the parts of a tensor of which there are two kinds are followed', () => {
  const init = `${SMALL}\nself.gates = nn.Linear(n, 2 * n)`;
  const forward =
    'h = self.b(self.a(x))\ng = self.gates(h) if n > 9 else self.gates(torch.tanh(h))\ns, t = g.chunk(2, 1)\nreturn self.c(s + t)';
  expect(hiddenInit({ init, forward })).toBe('0 MUP101');
});

describe('a std that comes through *args or **kwargs', () => {
  const model = (std: string, parameters: string, given: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n${parameters}):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)
        ${parameters === '' ? 'pass' : `nn.init.normal_(self.b.weight, std=${std})`}

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))

def build(n, *args, **kwargs):
    model = Net(n${given})
    ${parameters === '' ? `nn.init.normal_(model.b.weight, std=${std})` : 'pass'}
    return model
`;
  const started = (source: string) => matricesOf(onlyModel(source))[1]?.b;
  const BY_NAME = [
    "kwargs.get('std', 0.02)",
    "kwargs.pop('std', 0.02)",
    "{'std': 0.02, **kwargs}['std']",
    "kwargs['std'] if 'std' in kwargs else 0.02",
  ];
  const BY_PLACE = ['args[0] if args else 0.02', 'args[0] if len(args) > 0 else 0.02'];

  test.each(BY_PLACE)('is not known by its place, whatever stands for it where none does: %s', (std) => {
    for (const given of [', n ** -0.5', '']) {
      const source = model(std, ', *args, **kwargs', given);
      expect(started(source)).toBe(null);
      expect(findingsOf('MUP101', source)).toEqual([]);
    }
  });

  test.each(BY_NAME)('is a setting of the model that asks for it, as a parameter is: %s', (std) => {
    const alone = model(std, ', *args, **kwargs', '');
    expect(started(alone)).toBe(0);
    expect(findingsOf('MUP101', alone)).toHaveLength(1);
    const given = model(std, ', *args, **kwargs', ', std=n ** -0.5');
    expect(started(given)).not.toBe(0);
    expect(findingsOf('MUP101', given)).toEqual([]);
  });

  test.each([...BY_NAME, ...BY_PLACE])('of a function is not known: %s', (std) => {
    expect(started(model(std, '', ''))).toBe(null);
    expect(findingsOf('MUP101', model(std, '', ''))).toEqual([]);
  });
});

describe('what a function puts into a list or dict of the module may stand there when a model is made:', () => {
  test.each([
    ["GIVEN = {'std': 0.02}", "GIVEN['std']", "GIVEN['std'] = n ** -0.5"],
    ['GIVEN = dict(std=0.02)', "GIVEN['std']", 'GIVEN.update(std=n ** -0.5)'],
    ['GIVEN = [0.02]', 'GIVEN[0]', 'GIVEN[0] = n ** -0.5'],
    ["GIVEN = {'std': 0.02}\ndef given():\n    return GIVEN", "given()['std']", "given()['std'] = n ** -0.5"],
  ])('%s', (before, std, line) => {
    const init = `nn.init.normal_(self.b.weight, std=${std})`;
    const source = (write: string, last = '') =>
      `${chainModel({ before, init }).replace('    model = Net', `    ${write}\n    model = Net`)}${last}`;
    const b = (text: string) => matricesOf(onlyModel(text))[1]?.b;
    expect(b(source('pass'))).toBe(0);
    expect(b(source(line))).toBeNull();
    expect(b(source(line, '\nbuild(256)\n'))).toBeNull();
  });
});

describe('code that is run as a text may start what it names in another way:', () => {
  const b = (after: string, last = '') => matricesOf(onlyModel(`${chainModel({ after })}${last}`))[1]?.b;
  const text = "'model.b.weight.data.mul_(n ** -0.5)'";

  test('or what it sees, where the text is not known', () => {
    expect(b("exec('n = 4')")).toBe(0.5);
    for (const code of [text, `compile(${text}, 'change', 'exec')`, "open('change.py').read()"])
      expect(b(`exec(${code})`)).toBeNull();
    expect(b(`eval(${text})`)).toBeNull();
  });

  test.each(['model', 'größe'])('a model that the module has as %s', (name) => {
    const source = (line: string) =>
      `${chainModel({}).replace(/def build[\s\S]*/, '')}
n = 256
${name} = Net(n)
def change():
    ${line}
change()
torch.optim.Adam(${name}.parameters(), lr=0.1)
`;
    const of = (line: string) => matricesOf(onlyModel(source(line)))[1]?.b;
    expect(of('pass')).toBe(0.5);
    for (const run of ['exec', 'eval']) expect(of(`${run}(${text.replace('model', name)})`)).toBeNull();
  });
});

describe("a method that code puts in the place of a layer's own", () => {
  const again =
    'for one in model.children():\n    if hasattr(one, "reset_parameters"): one.reset_parameters()';
  const b = (put: string, names = 'model.children()') => {
    const before =
      'from functools import partial\ndef start(layer, std): nn.init.normal_(layer.weight, std=std)';
    const after = `for one in ${names}:\n    one.reset_parameters = ${put}\n${again}`;
    return matricesOf(onlyModel(chainModel({ before, after }))).map((row) => row.b);
  };

  test.each(['partial(start, one, std=1 / n)', 'lambda one=one: start(one, 1 / n)'])(
    'starts it: %s',
    (put) => {
      expect(b(put)).toEqual([1, 1, 1]);
      expect(b(put, '[model.b]')).toEqual([0, 1, 0.5]);
    },
  );

  test('may start it in any way where it is not read', () => {
    expect(b('missing(one)')).toEqual([null, null, null]);
    expect(b('partial(start, one, std=1 / n) if flag else one.reset_parameters')).toEqual([null, null, null]);
  });
});

describe('a condition that chooses how a weight starts', () => {
  const missing = (init: string) =>
    onlyModel(chainModel({ before: 'from settings import config', init }))
      .weights.find(({ name }) => name === 'b.weight')
      ?.missing.map(missingText)
      .join();

  test('is named, with b on each of its ways', () => {
    expect(missing(`if config.scaled:\n    ${MUP}\nelse:\n    ${SMALL}`)).toContain(
      'scales is not certain: with config.scaled b is ½, without it 0',
    );
    expect(missing(`if config.scaled:\n    nn.init.normal_(self.b.weight, std=config.std)`)).toContain(
      'with config.scaled b is ?, without it ½',
    );
  });

  test('is not where it makes no difference, or does not choose alone', () => {
    expect(missing('nn.init.normal_(self.b.weight, std=config.std)')).not.toContain('with');
    expect(
      missing(`if config.scaled:\n    ${MUP}\nelse:\n    nn.init.orthogonal_(self.b.weight)`),
    ).not.toContain('with config');
  });
});

test('a layer that is made without its initialization starts as the code has it start, or as nobody knows', () => {
  const made = 'self.b = nn.utils.skip_init(nn.Linear, n, n, bias=False)';
  expect(hiddenInit({ init: made })).toBe('?');
  expect(hiddenInit({ init: `${made}\n${SMALL}` })).toBe('0 MUP101');
});

/** A truncated normal start as it is copied from PyTorch, with what is left out or put in at its end. */
function cutNormal(given: string, end = 'w.clamp_(min=low, max=high)'): string {
  return `
import math
def cdf(x):
    return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0
def start(w, mean=0.0, std=1.0, low=-2.0, high=2.0):
    with torch.no_grad():
        least = cdf((low - mean) / std)
        most = cdf((high - mean) / std)
        w.uniform_(2 * least - 1, 2 * most - 1)
        w.erfinv_()
        w.mul_(std * math.sqrt(2.0))
        w.add_(mean)
        ${end}
start(self.b.weight${given})`.trim();
}

describe('a truncated normal distribution that the code makes by itself has the standard deviation it is told:', () => {
  expectEach([
    ['a small one', { init: cutNormal(', std=0.02') }, '0 MUP101'],
    ['one of the size of its bounds', { init: cutNormal('') }, '0 MUP101'],
    ['around another mean', { init: cutNormal(', mean=0.5, std=0.02') }, '?'],
    ['one with the width in it', { init: cutNormal(', std=n ** -0.5') }, '?'],
    ['bounds on one side of 0', { init: cutNormal(', std=0.02', 'w.clamp_(min=0.1, max=2.0)') }, '?'],
    [
      'bounds that the width is in',
      { init: cutNormal(', std=0.02', 'w.clamp_(min=-1 / n, max=1 / n)') },
      '?',
    ],
    ['no bound below', { init: cutNormal(', std=0.02', 'w.clamp_(max=2.0)') }, '?'],
    ['a shift', { init: cutNormal(', std=0.02', 'w.add_(1.0)') }, '?'],
  ]);

  test('which is what is said', () => {
    const [finding] = findingsOf('MUP101', chainModel({ init: cutNormal(', std=0.02') }));
    expect(finding?.message).toContain('with std 0.02,');
  });
});
