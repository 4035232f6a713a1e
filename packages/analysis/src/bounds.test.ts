import { describe, expect, test } from 'vitest';
import { chainModel } from '../test/chain-model.ts';
import { analyse } from '../test/check-findings.ts';
import { unreadText } from './words/unread-text.ts';

/** What of a text was not read, in words. */
function unreadIn(source: string): readonly string[] {
  return analyse(source).unread.map(unreadText);
}

/** The statements of a constructor, with a model behind them. */
function building(...lines: readonly string[]): string {
  const body = [...lines, 'self.fc = nn.Linear(width, width)'].map((line) => `        ${line}\n`).join('');
  return `import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n${body}`;
}

const NAMES = (source: string) => analyse(source).models.map(({ name }) => name);

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
  expect(model?.weights.map(({ b }) => b)).toEqual([null]);
});

test('any number of brackets that are left open has an analysis', () => {
  expect(unreadIn(`import torch\n${'([{'.repeat(34_000)}`)).toEqual([]);
});

test('code that takes more work than any model is told where it was left', () => {
  const calls = Array.from(
    { length: 20 },
    (_, at) => `def f${at}(x):\n    return f${at + 1}(x) + f${at + 1}(x)\n`,
  );
  const source = `${building()}${calls.join('')}f0(1)\n`;
  expect(NAMES(source)).toEqual([]);
  expect(unreadIn(source)).toEqual([
    expect.stringMatching(/^is not read further than line \d+: running it takes/),
  ]);
  expect(analyse(source)).toEqual(analyse(source));
});
