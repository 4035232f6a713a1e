import { explainMarkdown, exponentText, powerText, rateText } from '@widthwise/analysis';
import { exampleText, onlyModel } from '@widthwise/analysis/testing';
import { describe, expect, test } from 'vitest';
import { toAscii } from '../terminal/terminal.ts';
import { explainText } from './explain-text.ts';

const MODEL = onlyModel(exampleText('plain-mlp'));

describe('Explain in a terminal', () => {
  const shown = (plain: (text: string) => string) =>
    explainText([MODEL], { columns: null, plain, toned: (_, text) => text }).split('\n');

  test('begins with the verdict, then the table, then what breaks transfer', () => {
    const lines = shown((text) => text);
    expect(lines.slice(0, 5)).toEqual([
      'Regressor: SP, Adam at one rate · unstable as width grows',
      '  weight         role    shape             a  b  c  optimizer  μP wants',
      '  first.weight   input   width × features  0  0  0  adam       b 0, c 0    ✓',
      '  middle.weight  hidden  width × width     0  ½  0  adam       b ½, c 1    ✗',
      '  last.weight    output  targets × width   0  ½  0  adam       b ≥ 1, c 1  ✗',
    ]);
    expect(lines.join('\n')).toContain('breaks transfer: middle.weight: learning rate is η, μP wants η/n');
  });

  test('keeps its columns where symbols become words', () => {
    const [, head = '', first = '', second = ''] = shown(toAscii);
    const column = head.indexOf('optimizer');
    expect([first.indexOf('adam'), second.indexOf('adam')]).toEqual([column, column]);
    expect(second).toContain('1/2');
  });
});

test('Explain in Markdown has a section for each question', () => {
  const markdown = explainMarkdown([MODEL]);
  expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Regressor',
    '## What breaks transfer',
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
