import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import oracle from '../../test/oracles/activations.json' with { type: 'json' };
import { erf } from './erf.ts';

describe('the error function', () => {
  test('is that of mpmath to 4ε', () => {
    expect(oracle.erf.x.map(erf)).toBeCloseToAll(oracle.erf.value, { rtol: 4 * Number.EPSILON, atol: 0 });
  });

  test.prop([fc.double({ noNaN: true })])('is odd and within [−1, 1]', (x) => {
    expect(erf(-x)).toBe(-erf(x));
    expect(Math.abs(erf(x))).toBeLessThanOrEqual(1);
  });

  test.prop([fc.double({ min: -7, max: 7, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'never falls by more than rounding',
    (x, step) => {
      expect(erf(x + step)).toBeGreaterThanOrEqual(erf(x) - 4 * Number.EPSILON);
    },
  );

  test('has its limits at infinity and no value of NaN', () => {
    expect([erf(Number.POSITIVE_INFINITY), erf(Number.NEGATIVE_INFINITY), erf(Number.NaN)]).toEqual([
      1,
      -1,
      Number.NaN,
    ]);
  });
});
