import { COMPARISON_FIELDS } from '@widthwise/core';
import { expect, test } from 'vitest';
import { commandLineOf } from './options-of.ts';

test.each([
  [{}, 'widthwise compare'],
  [{ widths: [64, 128], learningRate: 0.5 }, 'widthwise compare --widths 64,128 --lr 0.5'],
  [{ parametrizations: ['mup', 'abc:mine.json'] }, 'widthwise compare --parametrizations mup,abc:mine.json'],
  [{ data: 'csv:a b.csv' }, "widthwise compare --data 'csv:a b.csv'"],
  [{ data: "csv:it's.csv" }, String.raw`widthwise compare --data 'csv:it'\''s.csv'`],
  [{ data: 'csv:$(rm).csv' }, "widthwise compare --data 'csv:$(rm).csv'"],
])('%j is asked for again, in words that a shell takes as they are', (params, line) => {
  expect(commandLineOf('compare', COMPARISON_FIELDS, params)).toBe(line);
});
