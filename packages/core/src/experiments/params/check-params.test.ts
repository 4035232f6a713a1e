import { expect, test } from 'vitest';
import { COMPARISON_FIELDS } from '../comparison/params.ts';
import { checkAsked, withDefaults } from './check-params.ts';
import type { AnyFields } from './field.ts';
import { readField } from './field-text.ts';

test('what is within its field passes as it is, without what is null', () => {
  expect(checkAsked(COMPARISON_FIELDS, { data: 'digits', widths: [64, 128], seeds: 2, probe: null })).toEqual(
    {
      data: 'digits',
      widths: [64, 128],
      seeds: 2,
    },
  );
});

test('widths come in ascending order', () => {
  expect(checkAsked(COMPARISON_FIELDS, { widths: [64, 16, 32] }).widths).toEqual([16, 32, 64]);
});

test('what is left out takes its default', () => {
  expect(withDefaults(COMPARISON_FIELDS, { depth: 2 })).toMatchObject({ depth: 2, steps: 10, probe: null });
});

test.each([
  [{ widths: '128' }, 'widths: expected a list of whole numbers, got "128"'],
  [{ widths: [128, '256'] }, 'widths: expected whole numbers from 1 to 16777216, got "256"'],
  [{ widths: [128, 256.5] }, 'widths: expected whole numbers from 1 to 16777216, got 256.5'],
  [{ widths: [128, 128] }, 'widths: expected each once, got 128,128'],
  [{ widths: [128] }, 'widths: a slope needs at least two widths, got 128'],
  [{ parametrizations: 'mup' }, 'parametrizations: expected a list of texts, got "mup"'],
  [{ steps: '10' }, 'steps: expected a whole number from 1 to 1000000, got "10"'],
  [{ steps: 0 }, 'steps: expected a whole number from 1 to 1000000, got 0'],
  [{ learningRate: Number.NaN }, 'learningRate: expected a number above 0, got NaN'],
  [{ learningRate: 0 }, 'learningRate: expected a number above 0, got 0'],
  [
    { activation: 'tahn' },
    "activation: 'tahn' does not exist (did you mean 'tanh'?); there are sigmoid, tanh",
  ],
  [{ activation: 3 }, 'activation: expected one of sigmoid, tanh'],
  [{ data: 7 }, 'data: expected a text, got 7'],
  [{ width: 64 }, "width: does not exist (did you mean 'widths'?); there are from, data, dataSeed"],
  [{ constructor: 64 }, 'constructor: does not exist'],
  [null, 'expected an object'],
  ['digits', 'expected an object'],
])('%j is refused', (asked, sentence) => {
  expect(() => checkAsked(COMPARISON_FIELDS, asked)).toThrow(sentence);
});

test.each([
  ['widths', '64, 128', [64, 128]],
  ['learningRate', '1e-3', 0.001],
  ['parametrizations', 'mup,,sp', ['mup', 'sp']],
  ['activation', 'relu', 'relu'],
])('%s is read from %s', (name, text, value) => {
  expect(readField(name, (COMPARISON_FIELDS as AnyFields)[name], text)).toEqual(value);
});

test.each(['fast', '', '1,5'])("a number is not read from '%s'", (text) => {
  const read = () => readField('learningRate', COMPARISON_FIELDS.learningRate, text);
  expect(read).toThrow(`learningRate: expected a number, got '${text}'`);
});
