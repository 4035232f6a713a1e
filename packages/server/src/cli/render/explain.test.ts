import { explainMarkdown, exponentText, powerText, rateText } from '@widthwise/analysis';
import { exampleText, onlyModel } from '@widthwise/analysis/testing';
import { describe, expect, test } from 'vitest';
import { toAscii } from '../terminal/terminal.ts';
import { explainText } from './explain-text.ts';

const MODEL = onlyModel(exampleText('plain-mlp'));

describe('Explain in a terminal', () => {
  const shown = (plain: (text: string) => string, columns: number | null = null) =>
    explainText([MODEL], [], { columns, plain, toned: (_, text) => text }).split('\n');
  const same = (text: string): string => text;

  test('begins with the verdict and what breaks it, and shows what that follows from below', () => {
    const lines = shown(same);
    expect(lines.slice(0, 4)).toEqual([
      'Regressor: SP, Adam at one rate · unstable as width grows',
      '',
      '  breaks transfer',
      '    middle.weight, last.weight: learning rate is η, μP wants η/n: under full alignment its updates are n times too large',
    ]);
    const table = lines.slice(lines.findIndex((line) => line.includes('μP wants') && line.includes('role')));
    expect(table.filter((line) => !line.includes('.bias')).slice(0, 4)).toEqual([
      '     weight         role    shape             optimizer  init std  multiplier  rate  μP wants',
      '  ✓  first.weight   input   width × features  Adam       constant  constant    η',
      '  ✗  middle.weight  hidden  width × width     Adam       n^-½      constant    η     rate η/n',
      '  ✗  last.weight    output  targets × width   Adam       n^-½      constant    η     init std 1/n or less, rate η/n',
    ]);
  });

  test('tells at widths what each number is multiplied by, weights that go alike in one line', () => {
    const lines = explainText([MODEL], [256, 1024], {
      columns: null,
      plain: same,
      toned: (_, text) => text,
    }).split('\n');
    const from = lines.findIndex((line) => line.includes('from 256 to 1024'));
    expect(lines.slice(from + 1, from + 7)).toEqual([
      '     init std          multiplier  rate          weights',
      '  ✓  × 1               × 1         × 1           first.weight, first.bias',
      '  ✗  × 0.5             × 1         × 1 (× 0.25)  middle.weight',
      '  ✓  × 0.5             × 1         × 1           middle.bias',
      '  ✗  × 0.5 (≤ × 0.25)  × 1         × 1 (× 0.25)  last.weight',
      '',
    ]);
  });

  test('keeps its columns where symbols become words', () => {
    const lines = shown(toAscii);
    const [head = '', first = '', second = ''] = lines.slice(
      lines.findIndex((line) => line.includes(' role ')),
    );
    const column = head.indexOf('optimizer');
    expect([first.indexOf('Adam'), second.indexOf('Adam')]).toEqual([column, column]);
    expect(lines.find((line) => line.includes('middle.weight') && line.includes('hidden'))).toContain(
      'n^-1/2',
    );
  });

  test('fits 60 columns, and then says of each weight the same', () => {
    const lines = shown(same, 60);
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    const at = lines.indexOf('  ✗ middle.weight');
    expect(lines.slice(at, at + 4)).toEqual([
      '  ✗ middle.weight',
      '      hidden · width × width · Adam',
      '      init std n^-½ · multiplier constant · rate η',
      '      μP wants rate η/n',
    ]);
  });
});

test('every column of Explain in Markdown has a head', () => {
  const [head = ''] = explainMarkdown([MODEL])
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(head).toBe('| μP | weight | init std | multiplier | rate |');
});

test('Explain in Markdown has a section for each question', () => {
  const markdown = explainMarkdown([MODEL]);
  expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Regressor',
    '## What breaks transfer',
    '## Weights',
    '## Taken for granted',
  ]);
});

test('exponents read as people write them', () => {
  expect([0, 0.5, -0.5, 1, 1.5, 0.3, 'zero', null].map((b) => exponentText(b as number))).toEqual([
    '0',
    '½',
    '−½',
    '1',
    '3/2',
    '0.3',
    'zero',
    '?',
  ]);
  expect([0, 0.5, -0.5, 1, -1, 'zero', null].map((b) => powerText(b as number))).toEqual([
    'constant',
    'n^-½',
    'n^½',
    '1/n',
    'n',
    'zero',
    '?',
  ]);
  expect([0, 1, -1, 0.5, null].map(rateText)).toEqual(['η', 'η/n', 'η·n', 'η·n^-½', '?']);
});

test('Explain says what to do where no width is evident, with the names that sizes have', () => {
  const model = onlyModel(`
from torch import nn

class Encoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.a = nn.Linear(features, hidden)
        self.b = nn.Linear(hidden, hidden)

    def forward(self, x):
        return self.b(self.a(x).relu())
`);
  expect(explainMarkdown([model])).toContain(
    '- Say which name is the width: `# widthwise: width(hidden)` anywhere in the file, or the setting `widths`. ' +
      'Its layers have `hidden`, or `features`.',
  );
});
