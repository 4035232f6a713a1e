import { USUAL_RATES } from '@widthwise/core';
import { expect, test } from 'vitest';
import { wholeSeconds, whyTooLong } from './whole-seconds.ts';

const RUNS = [
  { width: 64, seconds: 1 },
  { width: 64, seconds: 3 },
  { width: 128, seconds: 4 },
];

test('a whole search takes what its runs took, so often as is usual, in half minutes', () => {
  expect(wholeSeconds(RUNS, 3)).toBe(30 * Math.ceil((USUAL_RATES * 3 * 6) / 30));
  expect(wholeSeconds([{ width: 64, seconds: 0 }], 3)).toBe(30);
});

test('that it is too long is told once every width has run, and where it is', () => {
  const asked = { widths: [64, 128], seeds: 3, timeBudget: 30 };
  const whole = wholeSeconds(RUNS, 3);
  expect(whyTooLong(RUNS.slice(0, 2), asked)).toBeNull();
  expect(whyTooLong(RUNS, asked)).toContain(`about ${whole} s as a rule`);
  expect(whyTooLong(RUNS, { ...asked, timeBudget: whole })).toBeNull();
});
