import { expect, test } from 'vitest';
import { choiceFrom } from './choice.ts';

test('what a page left is a choice again, whatever else stands there', () => {
  const run = { parametrization: 'mup', width: 64, seed: 1 };
  expect(choiceFrom({ layer: 2, step: 3, run })).toEqual({ layer: 2, step: 3, run });
  expect(choiceFrom({ layer: '2', step: null, run: { width: 64 }, other: 1 })).toEqual({});
  expect([choiceFrom(null), choiceFrom('x'), choiceFrom(undefined)]).toEqual([{}, {}, {}]);
});
