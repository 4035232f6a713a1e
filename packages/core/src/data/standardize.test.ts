import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { matrix } from '../linalg/matrix.ts';
import { standardizeColumns } from './standardize.ts';

describe('standardized columns', () => {
  test('have mean 0 and the deviation asked for, each on its own', () => {
    const m = matrix(4, 2, Float64Array.of(1, 100, 3, 300, 5, 300, 7, 100));
    standardizeColumns(m, 2);
    const scale = 2 / Math.sqrt(5);
    expect(m.data).toBeCloseToAll([-3 * scale, -2, -scale, 2, scale, 2, 3 * scale, -2]);
  });

  test.each([0, 0.1, 1e300, 5e-324])('are 0 where every value is %d', (value) => {
    const m = matrix(7, 1, new Float64Array(7).fill(value));
    standardizeColumns(m, 1);
    expect([...m.data]).toEqual(new Array(7).fill(0));
  });

  test('are 0 at the mean, which rounding misses', () => {
    const half = [
      1.3040000450301372, -2.3250307746388343, 0.4116305363741328, 0.9034701816518086, -1.009618183538736,
    ];
    for (const at of [0, 0.7, 1e9]) {
      const m = matrix(11, 1, Float64Array.of(at, ...half.map((x) => at + x), ...half.map((x) => at - x)));
      standardizeColumns(m, 1);
      expect(m.data[0]).toBe(0);
      expect(m.data.subarray(1).every((value) => Math.abs(value) > 0.1)).toBe(true);
    }
  });

  test.prop([fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 20 })])(
    'are finite for all finite numbers',
    (values) => {
      const m = matrix(values.length, 1, Float64Array.from(values));
      standardizeColumns(m, 1);
      expect(m.data.every(Number.isFinite)).toBe(true);
      // Deviations sum in squares to the number of rows, so none exceeds its root.
      expect(m.data.every((value) => Math.abs(value) <= Math.sqrt(values.length) * (1 + 1e-12))).toBe(true);
    },
  );
});
