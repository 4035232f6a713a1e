import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { effectiveRank } from './effective-rank.ts';
import { stableRank } from './stable-rank.ts';

const spectrum = fc
  .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
  .map((values) => Float64Array.from(values));

describe.each([
  ['effective rank', effectiveRank],
  ['stable rank', stableRank],
])('%s', (_, rank) => {
  test.prop([spectrum])('lies between 1 and the number of nonzero singular values', (sigma) => {
    const nonzero = sigma.filter((value) => value > 0).length;
    const value = rank(sigma);
    const slack = 1 + 100 * Number.EPSILON; // sums of up to 30 terms
    expect(value * slack).toBeGreaterThanOrEqual(Math.min(1, nonzero));
    expect(value).toBeLessThanOrEqual(nonzero * slack);
  });

  test.prop([spectrum, fc.integer({ min: -30, max: 30 })])('ignores scale', (sigma, exponent) => {
    fc.pre(sigma.every((value) => value === 0 || value > 1e-200));
    const scaled = sigma.map((value) => value * 2 ** exponent);
    expect([rank(scaled)]).toBeCloseToAll([rank(sigma)], { rtol: 100 * Number.EPSILON });
  });

  test.prop([spectrum])('ignores order', (sigma) => {
    expect([rank(sigma.toReversed())]).toBeCloseToAll([rank(sigma)], { rtol: 100 * Number.EPSILON });
  });

  test('counts equal singular values, and nothing in the zero matrix', () => {
    expect([
      rank(Float64Array.of(2, 2, 2, 2)),
      rank(Float64Array.of(5, 0)),
      rank(Float64Array.of(0, 0)),
    ]).toBeCloseToAll([4, 1, 0]);
  });
});

test('effective rank is the exponential of the entropy of the shares', () => {
  // Shares ½, ¼, ¼: entropy 1.5·log 2.
  expect([effectiveRank(Float64Array.of(2, 1, 1))]).toBeCloseToAll([2 ** 1.5]);
});

test('stable rank weighs squares by the largest', () => {
  expect([stableRank(Float64Array.of(4, 2, 2))]).toBeCloseToAll([1.5]);
});
