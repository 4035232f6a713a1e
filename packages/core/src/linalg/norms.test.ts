import { describe, expect, test } from 'vitest';
import { matrix } from './matrix.ts';
import { frobeniusDistance, frobeniusNorm, maxAbs } from './norms.ts';

describe('norms', () => {
  test('the Frobenius norm is that of all entries as one vector', () => {
    expect(frobeniusNorm(matrix(2, 2, Float64Array.of(1, -2, 2, 4)))).toBe(5);
  });

  test('the distance of two matrices is the norm of their difference', () => {
    const a = matrix(1, 2, Float64Array.of(4, 1));
    expect(frobeniusDistance(a, matrix(1, 2, Float64Array.of(1, 5)))).toBe(5);
    expect(() => frobeniusDistance(a, matrix(2, 1))).toThrow(
      'frobeniusDistance: expected equal shapes, got [1, 2] and [2, 1]',
    );
  });

  test('the largest size is 0 of nothing and NaN as soon as one entry is', () => {
    expect(maxAbs(new Float64Array(0))).toBe(0);
    expect(maxAbs(Float64Array.of(1, -3, 2))).toBe(3);
    expect(maxAbs(Float64Array.of(1, Number.NaN, 2))).toBeNaN();
    expect(maxAbs(Float64Array.of(Number.NEGATIVE_INFINITY, 2))).toBe(Number.POSITIVE_INFINITY);
  });
});
