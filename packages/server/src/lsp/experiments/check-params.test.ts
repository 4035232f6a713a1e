import { expect, test } from 'vitest';
import { checkConfig } from './check-params.ts';

test('a configuration of the right kinds passes as it is, without what is null', () => {
  expect(checkConfig({ data: 'digits', widths: [64, 128], seeds: 2, probe: null })).toEqual({
    data: 'digits',
    widths: [64, 128],
    seeds: 2,
  });
});

test.each([
  [{ widths: '128' }, 'widths: expected a list of numbers, got "128"'],
  [{ widths: [128, '256'] }, 'widths: expected a list of numbers'],
  [{ parametrizations: 'mup' }, 'parametrizations: expected a list of texts'],
  [{ steps: '10' }, 'steps: expected a number'],
  [{ data: 7 }, 'data: expected a text, got 7'],
  [{ width: 64 }, "there is no 'width'"],
  [{ constructor: 64 }, "there is no 'constructor'"],
  [null, 'expected an object'],
  ['digits', 'expected an object'],
])('%j is refused', (config, sentence) => {
  expect(() => checkConfig(config)).toThrow(sentence);
});
