import { describe, expect, test } from 'vitest';
import { analyse } from '../test/check-findings.ts';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { verdictLine } from './words/regime-text.ts';
import { remediesOf } from './words/remedies.ts';
import { unreadText } from './words/unread-text.ts';

/** A function that takes as many calls for a list as there are levels of it, each twice the next one's; given what the last one does. */
const costly = (levels: number, last: string) => {
  const calls = Array.from(
    { length: levels },
    (_, at) => `def f${at}(x):\n    x.append(${at})\n    return f${at + 1}(x) + f${at + 1}(x)\n`,
  );
  return `${calls.join('')}def f${levels}(x):\n    return ${last}\n`;
};

/** One that takes more work than one file gets. */
const endless = (last: string) => costly(20, last);

const model = (name: string, ...lines: readonly string[]) => `
class ${name}(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
${lines.map((line) => `        ${line}\n`).join('')}
    def forward(self, x):
        return self.fc(x)
`;

const HEAD = 'import torch\nfrom torch import nn\n';

describe('a model that takes more work than there is costs itself and those before it:', () => {
  const source = `${HEAD}${endless('x')}${model('Before')}${model('Endless', 'f0([])')}${model('After')}`;
  const { models, unread } = analyse(source);

  test('those behind it are known', () => expect(models.map(({ name }) => name)).toEqual(['After']));

  test('and it is said where it begins', () => {
    const line = source.slice(0, source.indexOf('class Endless')).split('\n').length;
    expect(unread.map(unreadText)).toEqual([
      `is read in part: all of its models take more work than one file gets, and those up to line ${line} are not known`,
    ]);
  });

  test('the same each time', () => expect(analyse(source)).toEqual(analyse(source)));

  test('also where it is one by the base that another file gives it', async () => {
    const files = {
      'base.py': `${HEAD}class Base(nn.Module):\n    pass\n`,
      'net.py': `from base import Base\n${HEAD}${endless('x')}${model('Net', 'f0([])').replace('nn.Module', 'Base')}`,
    };
    const analyser = await loadTestAnalyser();
    const { models, unread } = analyser.analyse(files['net.py'], DEFAULT_OPTIONS, placeIn(files, 'net.py'));
    expect(models).toEqual([]);
    expect(unread.map(({ kind }) => kind)).toEqual(['models']);
  });
});

test('a file that takes too much work with what it imports is read by itself, and that is said', async () => {
  const files = {
    'parts.py': `${HEAD}${endless('x')}${model('Part', 'f0([])')}`,
    'net.py': `from parts import Part\n${HEAD}${model('Net', 'self.part = Part(width)')}`,
  };
  const analyser = await loadTestAnalyser();
  const { models, unread } = analyser.analyse(files['net.py'], DEFAULT_OPTIONS, placeIn(files, 'net.py'));
  expect(models.map(({ name }) => name)).toEqual(['Net']);
  expect(unread.map(unreadText)).toEqual([
    'is read without what it imports and what uses it: with these it takes more work than one file gets',
  ]);
});

test('models that are not reached with what the file imports are read by themselves, and that is said', async () => {
  const files = {
    'parts.py': `${HEAD}${endless('x')}${model('Part', 'f0([])')}`,
    'net.py': `from parts import Part\n${HEAD}${model('First')}${model('Net', 'self.part = Part(width)')}${model('Last')}`,
  };
  const analyser = await loadTestAnalyser();
  const read = (text: string) =>
    analyser.analyse(text, DEFAULT_OPTIONS, placeIn({ ...files, 'net.py': text }, 'net.py'));
  const { models, unread } = read(files['net.py']);
  expect(models.map(({ name }) => name)).toEqual(['First', 'Net', 'Last']);
  const line = files['net.py'].slice(0, files['net.py'].indexOf('class Net')).split('\n').length;
  expect(unread.map(unreadText)).toEqual([
    `is read in part: its models up to line ${line} are read without what it imports and what uses it, with which they take more work than one file gets`,
  ]);
  const endlessToo = read(
    files['net.py'].replace('class Net', `${endless('x')}class Net`).replace('Part(width)', 'f0([])'),
  );
  expect(endlessToo.models.map(({ name }) => name)).toEqual(['Last']);
  expect(endlessToo.unread.map(({ kind }) => kind)).toEqual(['models']);
});

test('models that take more than a part of the work together are known, where all of it is not used up', async () => {
  const names = [...'ABCDEFGHIJKL'];
  const classes = names.map((name) => model(name, 'f0([])')).join('');
  const files = {
    'sizes.py': 'WIDE = 4\n',
    'net.py': `from sizes import WIDE\n${HEAD}${costly(9, 'WIDE')}${classes}`,
  };
  let taken = 0;
  const analyser = await loadTestAnalyser(undefined, (units) => {
    taken = units;
  });
  const seen = analyser.analyse(files['net.py'], DEFAULT_OPTIONS, placeIn(files, 'net.py'));
  expect(taken).toBeGreaterThan(2_000_000);
  expect(seen.models.map(({ name }) => name)).toEqual(names);
  expect(seen.unread).toEqual([]);
});

describe('a function that takes more work than there is', () => {
  const trains = `
def train():
    net = Net(64)
    f0([])
    nn.init.normal_(net.fc.weight, std=1)
`;

  test('leaves out the models that it has made, as it may do anything to them', () => {
    const { models, unread } = analyse(`${HEAD}${endless('x')}${model('Other')}${model('Net')}${trains}`);
    expect(models.map(({ name }) => name)).toEqual(['Other']);
    expect(unread.map(({ kind }) => kind)).toContain('functions');
  });

  test.each([
    [
      'before it makes one',
      '\ndef train():\n    f0([])\n    net = Net(64)\n    nn.init.normal_(net.fc.weight, std=1)\n',
    ],
    [
      'that has one made by another one',
      '\ndef make():\n    return Net(64)\n\ndef train():\n    f0([])\n    nn.init.normal_(make().fc.weight, std=1)\n',
    ],
  ])('leaves out those that it would come to: %s', (_, late) => {
    const { models } = analyse(`${HEAD}${endless('x')}${model('Other')}${model('Net')}${late}`);
    expect(models.map(({ name }) => name)).toEqual(['Other']);
  });

  test('that makes none leaves them, and is named', () => {
    const source = `${HEAD}${endless('torch.optim.Adam')}${model('Net')}\ndef main():\n    f0([])\n`;
    const { models, unread } = analyse(source);
    expect(models.map(({ name }) => name)).toEqual(['Net']);
    expect(unread.map(({ kind }) => kind)).toEqual(['functions']);
  });

  test('as a method that nobody calls is taken not to be called, and named', () => {
    const [net] = analyse(
      `${HEAD}${endless('x')}${model('Net')}
    def convert(self, x):
        nn.init.normal_(self.fc.weight, std=x.scale)
        f0([])
`,
      { widths: ['width'] },
    ).models;
    expect(net?.assumptions.join(' ')).toContain('convert');
  });
});

describe('a line that cannot be parsed', () => {
  const broken = '\n\ndef train(width):\n    return torch.optim.Adam(Net(width).parameters(), lr=1e-3\n';

  test('is named, and no model of the file has a verdict, wherever it stands', () => {
    const { models, unread } = analyse(`${HEAD}${model('Net')}${broken}`);
    const [net] = models;
    expect(unread).toEqual([{ kind: 'syntax', line: 14 }]);
    expect(net?.verdict).toBeNull();
    expect(net?.missing).toContainEqual({ kind: 'syntax', line: 14 });
    expect(verdictLine(net!)).toBe('read in part: line 14 cannot be parsed');
  });

  const bare = model('Net', 'nn.init.normal_(self.fc.weight, std=0.02)');
  const trained = '\nopt = torch.optim.Adam(Net(64).parameters(), lr=1e-3 / 64)\n';
  test.each([
    ['a string that is not closed', `${HEAD}${bare}\n"""${trained}`],
    ['a bracket that is not closed', `${HEAD}${bare}${trained}\nx = (\n`],
    ['a bracket in a statement ahead', `${HEAD}(dataclass\n${bare}${trained}`],
    ['an else without an if', `${HEAD}${bare}${trained}\nelse:\n    y = 2\n`],
  ])('is all that is said of a model in a file with %s', (_, text) => {
    const { findings, notes, models } = analyse(text, { profile: 'mup' });
    expect([findings, notes]).toEqual([[], []]);
    expect(models.map(({ weights, assumptions }) => [weights, assumptions])).toEqual([[[], []]]);
    expect(models[0]?.missing.map(({ kind }) => kind)).toEqual(['syntax']);
    expect(remediesOf(models[0]!)).toEqual([]);
  });

  test('in a class leaves its model without findings', () => {
    const { findings, models } = analyse(
      `${HEAD}${model('Net', 'nn.init.normal_(self.fc.weight, std=0.02)', 'self.lost = nn.Linear(width, width')}`,
    );
    expect([findings, models.map(({ verdict }) => verdict)]).toEqual([[], [null]]);
  });
});
