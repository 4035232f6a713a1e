import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { matches } from './regular-expression.ts';

/** From Python 3.13: re.search, re.match and re.fullmatch of pattern and text. */
const PYTHON: readonly (readonly [string, string, boolean, boolean, boolean])[] = [
  ['layers\\.\\d+\\.weight', 'net.layers.12.weight', true, false, false],
  ['layers\\.\\d+\\.weight', 'layers.12.weight', true, true, true],
  ['^h\\.(attn|mlp)', 'h.mlp.c_fc', true, true, false],
  ['weight$', 'a.weight', true, false, false],
  ['.*', '', true, true, true],
  ['[^.]+\\.bias', 'x.y.bias', true, false, false],
  ['(?:a|b){2,3}', 'abab', true, true, false],
  ['(a+)+b', 'aaaaaaaaaaaaaaaaaaaaaaaaac', false, false, false],
  ['[a-c_-]+', '_b-', true, true, true],
  ['\\bwq\\b', 'attn.wq.weight', true, false, false],
  ['wq|wk|wv', 'wo', false, false, false],
  ['[]a]+', 'a]', true, true, true],
  ['[^]a]', 'a]', false, false, false],
];

describe('a regular expression', () => {
  for (const [pattern, text, ...expected] of PYTHON) {
    test(`${pattern} of ${text}`, () => {
      const found = (['search', 'match', 'fullmatch'] as const).map((how) => matches(pattern, text, how));
      expect(found).toEqual(expected);
    });
  }

  test('with parts that are not read is unknown', () => {
    for (const pattern of ['(?!a)', '(?P<x>a)', 'a\\1', '(', '[a', '*', 'a{999}']) {
      expect(matches(pattern, 'a', 'search')).toBeNull();
    }
  });

  test.prop([
    fc.string({ unit: fc.constantFrom(...'ab.*+?|()[]^$\\d1-{}') }),
    fc.string({ unit: fc.constantFrom(...'ab1.') }),
  ])('is as in JavaScript where it is read', (pattern, text) => {
    fc.pre(!/\[\^?\]/.test(pattern)); // Python has the bracket in the set, JavaScript an empty set.
    const found = matches(pattern, text, 'search');
    if (found === null) return;
    expect(found).toBe(new RegExp(pattern).test(text));
  });
});
