import { describe, expect, test } from 'vitest';
import { chainModel } from '../test/chain-model.ts';
import { analyse, findingsOf } from '../test/check-findings.ts';
import { unreadText } from './words/unread-text.ts';

/** What of a text was not read, in words. */
/** What was not read, but for lines that are no Python. */
function unreadIn(source: string): readonly string[] {
  return analyse(source)
    .unread.filter(({ kind }) => kind !== 'syntax')
    .map(unreadText);
}

/** The statements of a constructor, with a model behind them. */
function building(...lines: readonly string[]): string {
  const body = [...lines, 'self.fc = nn.Linear(width, width)'].map((line) => `        ${line}\n`).join('');
  return `import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n${body}`;
}

const NAMES = (source: string) => analyse(source).models.map(({ name }) => name);

test('a model with more ways than it may take is read at its defaults, which is said', () => {
  const { models } = analyse(`import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width, listed=False, parts=(1, 2), scaled=None):
        super().__init__()
        if listed:
            for i in range(64):
                for j in range(64): t, u = [i, j, i * j, width], [i + j, i - j, width * i, width * j]
        self.fc = nn.Linear(width, width) if scaled is None else nn.Linear(width, 2 * width)
        self.init_weights()
    def init_weights(self):
        if self.fc.bias is None: self.init_all()
    def init_all(self):
        nn.init.ones_(self.fc.weight)
    def forward(self, x):
        return self.fc(x)
`);
  expect(models.map(({ weights }) => weights.map(({ name }) => name))).toEqual([['fc.weight', 'fc.bias']]);
  expect(models[0]?.assumptions).toEqual([
    'Assumes `width` is what you scale.',
    'Assumes settings that choose what it is made of are left at their defaults: not all ways are followed.',
  ]);
});

test('an analysis is plain data: what comes back from another thread is the same', () => {
  const analysis = analyse(chainModel({}));
  expect(structuredClone(analysis)).toEqual(analysis);
  expect(analysis.unread).toEqual([]);
});

describe('a model is read beside', () => {
  for (const [name, lines] of Object.entries({
    'a text that doubles': ['s = "ab"', 'for i in range(60): s = s + s', 'p = s.split("b")'],
    'a list that doubles': ['xs = [1, 2]', 'for i in range(60): xs = xs + xs'],
    'a text that doubles and is changed over and over': [
      's = "ab"',
      'for i in range(27): s = s + s',
      'for i in range(64):',
      '    for j in range(64): t = s.lower()',
    ],
    'powers of powers': ['x = 10 ** 10 ** 10', 'for i in range(60): x = x * x', 'y = x == x ** 0.5'],
  })) {
    test(name, () => expect(NAMES(building(...lines))).toEqual(['Net']));
  }

  test('2,500 elif', () => {
    const tests = 'elif mode == b:\n    size = 1\n'.repeat(2500);
    const source = `${building()}if mode == a:\n    size = 2\n${tests}else:\n    size = 3\n`;
    expect(NAMES(source)).toEqual(['Net']);
    expect(unreadIn(source)).toEqual([]);
  });

  test('2,500 cases', () => {
    const cases = Array.from({ length: 2500 }, (_, at) => `    case ${at}:\n        pass\n`).join('');
    expect(NAMES(`${building()}match mode:\n${cases}`)).toEqual(['Net']);
  });
});

test('what an elif far down does is known', () => {
  const tests = 'elif mode == b:\n    std = 1\n'.repeat(100);
  const [model] = analyse(
    `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width, mode):
        super().__init__()
        self.mix = nn.Linear(width, width)
        if mode == a: std = 1
${tests.replaceAll(/^/gm, '        ')}
        elif mode == c: std = 1 / width
        else: std = 1
        nn.init.normal_(self.mix.weight, std=std)
    def forward(self, x):
        return self.mix(x)
`,
    { widths: ['width'] },
  ).models;
  expect(model?.weights.find(({ name }) => name.endsWith('weight'))?.b).toBeNull();
});

test('any number of brackets that are left open has an analysis', () => {
  expect(unreadIn(`import torch\n${'([{'.repeat(3000)}`)).toEqual([]);
  expect(unreadIn(`import torch\n${'([{'.repeat(34_000)}`)).toEqual([expect.stringMatching(/more work/)]);
});

test('code that takes more work than one file gets is told where it was left', () => {
  const calls = Array.from(
    { length: 20 },
    (_, at) => `def f${at}(x):\n    x.append(${at})\n    return f${at + 1}(x) + f${at + 1}(x)\n`,
  );
  const source = `${building()}${calls.join('')}f0([])\n`;
  expect(NAMES(source)).toEqual(['Net']);
  expect(unreadIn(source)).toEqual([expect.stringMatching(/takes more work .* and stopped at line \d+/)]);
  expect(analyse(source)).toEqual(analyse(source));
  const starts = `${source}for p in Net(8).parameters(): p.data = p.data * 2\n`;
  expect(NAMES(starts)).toEqual([]);
  expect(unreadIn(starts)).toEqual([
    expect.stringMatching(/^is not read further than line \d+: that takes more work/),
  ]);
});

// At commit 606a99e each of these took from many seconds to minutes: longer than a test may.
describe('is read whole, with the model behind it:', () => {
  for (const [name, before] of Object.entries({
    '16,000 comment lines': '# a comment line\n'.repeat(16_000),
    '16,000 indented comment lines': `def f():\n    x = 1\n${'    # a comment line\n'.repeat(16_000)}    return x\n`,
    '8,000 comments that suppress': '# noqa: E501\n'.repeat(8000),
    '4,000 stretches that are off': '# widthwise: off\n# widthwise: on\n'.repeat(4000),
    '10,000 lines that go on': `x = ${'\\\n'.repeat(10_000)}1\n`,
    'a bracket left open before a line of colons': `x = (\nif ${':#'.repeat(100_000)}\r\n`,
    'a bracket left open before a line of commas': `x = (\ny = ${', #'.repeat(100_000)}\u2028z\n`,
    '5,000 signs that Python has not': `x = ${'$y'.repeat(5000)}\n`,
  })) {
    test(name, () => {
      const source = before + building();
      expect(unreadIn(source)).toEqual([]);
      expect(NAMES(source)).toEqual(['Net']);
    });
  }

  test('a file whose lines end in carriage returns', () => {
    expect(NAMES(building().replaceAll('\n', '\r'))).toEqual(['Net']);
  });
});

test('a comment of its own line in a run of 4,000 suppresses what the next line of code does', () => {
  const run = '        # words\n'.repeat(2000);
  const source = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(7, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 3)
${run}        # widthwise: ignore[MUP101]
${run}        nn.init.normal_(self.mix.weight, std=0.02)
    def forward(self, x):
        return self.readout(torch.tanh(self.mix(torch.tanh(self.embed(x)))))
`;
  expect(findingsOf('MUP101', source)).toEqual([]);
  expect(findingsOf('MUP101', source.replace('widthwise: ', ''))).toHaveLength(1);
});

test('a text of 10 MB is told to be too long, and a long text without a model is not mentioned', () => {
  expect(unreadIn(`import torch\n${'x = 1\n'.repeat(1_700_000)}`)).toEqual([
    'is not read: 10.2 MB, more than the 2 MB that are read of one file',
  ]);
  expect(unreadIn('x = 1\n'.repeat(1_700_000))).toEqual([]);
});

describe('values that grow without end leave the model beside them known:', () => {
  for (const [name, lines] of Object.entries({
    'a list of itself twice': [
      'x = [1]',
      'for i in range(60): x = [x, x]',
      'y = [1]',
      'for i in range(60): y = [y, y]',
      'z = x if width else y',
      'f(z)',
    ],
    'a dict of itself twice': ['d = {"a": 1}', 'for i in range(60): d = {"a": d, "b": d}', 'd.update(d)'],
    'a list in a list, repeated and doubled': [
      'x = 1',
      'for i in range(60): x = [x] * 9',
      'for i in range(60): x = x + x',
    ],
    'layers that double': [
      'xs = [nn.Linear(width, width)]',
      'for i in range(60): xs = xs + xs',
      'self.parts = nn.ModuleList(xs)',
    ],
    'copies that double': [
      'import copy',
      'xs = [nn.Linear(width, width)]',
      'for i in range(60): xs = xs + copy.deepcopy(xs)',
    ],
    'roots of roots': [
      'x = width',
      'for i in range(60):',
      '    for j in range(60): x = x ** 0.5',
      'self.mid = nn.Linear(width, x)',
    ],
    'signs of signs': [
      'import math',
      'x = width',
      'for i in range(60):',
      '    for j in range(60): x = -math.log(x)',
      'self.mid = nn.Linear(width, x)',
    ],
    'fields of fields': ['x = cfg', 'for i in range(60):', '    for j in range(60): x = x.next'],
    'items of items': ['x = cfg', 'for i in range(60):', '    for j in range(60): x = x[0]'],
    'names of names of a library': ['x = torch', 'for i in range(60):', '    for j in range(60): x = x.nn'],
    'a key in a key': ['k = "a"', 'd = {}', 'for i in range(60): k = k + k', 'd[k] = k'],
  })) {
    test(name, () => {
      expect(NAMES(building(...lines))).toEqual(['Net']);
      expect(unreadIn(building(...lines))).toEqual([]);
    });
  }
});

describe('has an analysis:', () => {
  for (const [name, source] of Object.entries({
    'a class whose base is looked up in itself':
      'class A(A, A): pass\nclass B(C): pass\nclass C(B): pass\nclass D(D.E): pass\n',
    'a class pattern 10,000 deep': `match x:\n    case ${'A('.repeat(10_000)}b${')'.repeat(10_000)}:\n        pass\n`,
    'code as deep as it is called': `def f(x):\n${Array.from({ length: 50 }, (_, at) => `${'    '.repeat(at + 1)}if x:\n`).join('')}${'    '.repeat(51)}return ${'('.repeat(140)}f(x)${')'.repeat(140)}\nf(1)\n`,
    'a name of a million letters': `${'a'.repeat(1_000_000)} = 1\nx.${'b'.repeat(500_000)} = 2\n`,
    'a number of 100,000 digits': `x = ${'9'.repeat(100_000)}\ny = 0.${'1'.repeat(100_000)}\n`,
    'a list put into itself, over and over': `class Trainer:
    def fit(self, key):
        xs = [1]
        for i in range(60):
            for j in range(60): xs[key] = xs
Trainer().fit(0)
`,
    "2,000 attempts in one another's way": `class Trainer:\n    def fit(self):\n${Array.from({ length: 2000 }, (_, at) => `        try:\n            a${at} = f()\n        except E:\n            a${at} = 1\n`).join('')}        torch.optim.Adam(self.model.parameters())\n`,
  })) {
    test(name, () => {
      const { models, unread } = analyse(building() + source);
      // Either the model, or where reading stopped.
      expect(models.length + unread.filter(({ kind }) => kind === 'work').length).toBe(1);
    });
  }
});

describe('more statements in one block than people write', () => {
  const long = (indent: string) => `${indent}x = 1\n`.repeat(1300);
  const other = building().replace('import torch\nfrom torch import nn\n', '').replace('Net', 'Other');

  test('leave out the model that they stand in, and no other', () => {
    const source = building() + long('        ') + other;
    expect(NAMES(source)).toEqual(['Other']);
    expect(unreadIn(source)).toEqual([expect.stringMatching(/^is not read whole: from line \d+ on blocks/)]);
  });

  test('at the top of a file end its reading there', () => {
    expect(NAMES(building() + long(''))).toEqual(['Net']);
    const source = building() + long('').repeat(2);
    expect(NAMES(source)).toEqual([]);
    expect(unreadIn(source)).toEqual([expect.stringMatching(/^is not read further than line 1\d\d\d:/)]);
  });
});

test.each([
  [
    'deeper indentation than Python allows',
    Array.from({ length: 200 }, (_, at) => `${' '.repeat(at)}if a:\n`),
  ],
  ['a line that ends far away', ['x = (\n', `if${' '.repeat(20_000)}a\n`]],
])('%s is no Python, and nothing is said of a model beside it', (_, lines) => {
  const { models, unread } = analyse(building() + lines.join(''));
  expect(models.map(({ weights }) => weights)).toEqual([[]]);
  expect(unread.map(({ kind }) => kind)).toEqual(['syntax']);
});

describe('blocks nested deeper than is read', () => {
  const nested = (indent: number, last: string) =>
    `${Array.from({ length: 80 }, (_, at) => `${' '.repeat(indent + at)}if a${at}:\n`).join('')}${' '.repeat(indent + 80)}${last}\n`;

  test('leave out the model that they stand in, and no other', () => {
    const other = building().replace('import torch\nfrom torch import nn\n', '').replace('Net', 'Other');
    const source = building() + nested(8, 'nn.init.zeros_(self.fc.weight)') + other;
    expect(NAMES(source)).toEqual(['Other']);
    expect(unreadIn(source)).toEqual([expect.stringMatching(/^is not read whole: from line \d+ on/)]);
  });

  const deep = (last: string) => `def deep(model):\n${nested(4, last)}`;

  test('leave out a model that they stand in a function of', () => {
    const source = `${deep('nn.init.zeros_(model.fc.weight)')}${building('deep(self)')}`;
    expect(NAMES(source)).toEqual([]);
    expect(unreadIn(source)).toEqual([expect.stringMatching(/^is not read whole: from line \d+ on/)]);
  });

  test('leave out a model that the file makes where it comes to them', () => {
    const source = `${building()}${deep('nn.init.zeros_(model.fc.weight)')}deep(Net(64))\n`;
    expect(NAMES(source)).toEqual([]);
    expect(NAMES(source.replace('deep(Net(64))', 'Net(64)'))).toEqual(['Net']);
  });

  test('are told where they stand in no model', () => {
    const source = building() + nested(0, 'x = 1');
    expect(NAMES(source)).toEqual(['Net']);
    expect(unreadIn(source)).toEqual([expect.stringMatching(/^is not read whole: from line \d+ on/)]);
  });
});

test('a model of 16 ways through 90 layers is judged on all of them', () => {
  const flags = ['cut', 'half', 'keep', 'lift'];
  const layers = Array.from({ length: 90 }, (_, at) => `self.fc${at}`);
  const { models, unread } = analyse(`from torch import nn
class Net(nn.Module):
    def __init__(self, width, ${flags.join(', ')}):
        super().__init__()
        ${flags.map((flag) => `self.${flag} = ${flag}`).join('; ')}
        self.first, self.last = nn.Linear(8, width), nn.Linear(width, 8)
${layers.map((layer) => `        ${layer} = nn.Linear(width, width)\n`).join('')}
    def forward(self, x):
        x = self.first(x)
${flags.map((flag, at) => `        if self.${flag}: x = self.fc${at}(x)\n`).join('')}
${layers.map((layer) => `        x = x + ${layer}(x).relu()\n`).join('')}
        return self.last(x)
`);
  expect(unread).toEqual([]);
  expect(models.map(({ total }) => total)).toEqual([184]);
});

test('each of 1,000 modules of a model is in its table', () => {
  const lines = Array.from({ length: 1000 }, (_, at) => `        self.fc${at} = nn.Linear(width, width)`);
  const [model] = analyse(`${building()}${lines.join('\n')}\n`).models;
  expect(model?.total).toBe(2002);
});

test('objects that hold themselves in what each round of a loop makes anew are compared once', () => {
  const { models, unread } = analyse(`from torch import nn
class Node:
    def __init__(self):
        self.parts = [self]
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        node = Node()
        for _ in range(rounds()):
            node = Node()
        self.hidden = nn.Linear(width, width)
    def forward(self, x):
        return self.hidden(x)
`);
  expect(unread).toEqual([]);
  expect(models.map(({ name }) => name)).toEqual(['Net']);
});
