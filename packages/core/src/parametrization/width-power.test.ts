import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { widthPower } from './width-power.ts';

const widths = fc.integer({ min: 1, max: 1 << 20 });
const halves = fc.integer({ min: -8, max: 8 }).map((k) => k / 2);
const quarters = fc.integer({ min: -16, max: 16 }).map((k) => k / 4);

describe('a power of the width', () => {
  test.prop([fc.integer({ min: 0, max: 8 }), halves])(
    'is exact at n = 4^k for multiples of ½',
    (k, exponent) => {
      let expected = 1;
      for (let i = 0; i < 2 * Math.abs(exponent) * k; i++) expected *= 2;
      expect(widthPower(4 ** k, exponent)).toBe(exponent < 0 ? 1 / expected : expected);
    },
  );

  test.prop([widths, fc.integer({ min: 0, max: 2 })])(
    'is exact for whole exponents within 2^53',
    (width, exponent) => {
      expect(widthPower(width, exponent)).toBe([1, width, width * width][exponent]);
    },
  );

  // At most ten roundings of half an ε each on the way to |e| ≤ 4, grown by at most that factor.
  test.prop([widths, quarters])('agrees with exp(e·log n)', (width, exponent) => {
    const viaLogarithm = Math.exp(exponent * Math.log(width));
    const conditioning = 1 + Math.abs(exponent) * Math.log(width);
    expect([widthPower(width, exponent)]).toBeCloseToAll([viaLogarithm], {
      rtol: (conditioning + 10 * 4) * Number.EPSILON,
      atol: 0,
    });
  });

  test.prop([widths, quarters, quarters])('turns sums of exponents into products', (width, e, f) => {
    expect([widthPower(width, e) * widthPower(width, f)]).toBeCloseToAll([widthPower(width, e + f)], {
      rtol: 100 * Number.EPSILON,
      atol: 0,
    });
  });

  test('takes the logarithm for exponents between quarters', () => {
    expect(widthPower(100, 0.3)).toBe(Math.exp(0.3 * Math.log(100)));
  });

  test('takes a ratio of widths', () => {
    expect(widthPower(128 / 512, 0.5)).toBe(0.5);
    expect(widthPower(128 / 512, -1)).toBe(4);
  });

  test('exists for positive widths and finite exponents', () => {
    for (const width of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => widthPower(width, 1)).toThrow(`widthPower: expected a positive width, got ${width}`);
    }
    expect(() => widthPower(2, Number.NaN)).toThrow('widthPower: expected a finite exponent, got NaN');
  });
});
