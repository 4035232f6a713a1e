import { describe, expect, test } from 'vitest';
import { fitPower, speedOf } from './fit-power.ts';

const WIDTHS = [64, 128, 256];

function fit(values: readonly (number | null)[], error = 0) {
  return fitPower(
    WIDTHS,
    values.map((value) => ({ value, error })),
  );
}

describe('the exponent of a number over widths', () => {
  test('is that of a power law, whatever stands before it', () => {
    expect(fit(WIDTHS.map((n) => 0.02 / Math.sqrt(n))).exponent).toBe(-1 / 2);
    expect(fit([3e-4, 3e-4, 3e-4]).exponent).toBe(0);
    expect(fit(WIDTHS.map((n) => 1.63 * n ** -0.37)).exponent).toBe(-0.37);
  });

  test('is the one quarter that noisy numbers admit', () => {
    // Uniform in ±1/√n, with the errors of a thousand entries.
    const { exponent, slope } = fit([0.0731, 0.0508, 0.0363], 0.015);
    expect(exponent).toBe(-1 / 2);
    expect(slope?.low).toBeLessThan(-1 / 2);
    expect(slope?.high).toBeGreaterThan(-1 / 2);
  });

  test('is unknown, with the reason, where numbers are too few to tell two quarters apart', () => {
    expect(fit([0.073, 0.05, 0.04], 0.15)).toMatchObject({
      exponent: null,
      why: expect.stringContaining('too few'),
    });
  });

  test('is unknown where the numbers are no power of the width', () => {
    // Xavier's √(2 / (n + k)) is about n^-¼ here, and n^-½ in the end.
    for (const k of [50, 100, 120, 150, 250]) {
      const xavier = WIDTHS.map((n) => Math.sqrt(2 / (n + k)));
      for (const error of [0, 0.001, 0.005, 0.01]) {
        expect(fit(xavier, error)).toMatchObject({ exponent: null, why: expect.any(String) });
      }
    }
    expect(fit([1, 1, 2])).toMatchObject({ exponent: null, why: expect.stringContaining('no power') });
  });

  test('is zero where it is 0 at every width, and unknown where it is so at some', () => {
    expect(fit([0, 0, 0]).exponent).toBe('zero');
    expect(fit([0, 0, 1]).exponent).toBeNull();
    expect(fit([1, null, 1]).exponent).toBeNull();
  });
});

describe('the speed of a dimension', () => {
  test.each([
    ['does not grow', [10, 10, 10], 0],
    ['is the width', [64, 128, 256], 1],
    ['is four times the width', [256, 512, 1024], 1],
    ['is the width and sixteen', [80, 144, 272], 1],
    ['is a product of two', [4096, 16384, 65536], 2],
    ['is ⅔ · 4n, rounded up to a multiple of 32', [192, 352, 704], 1],
    ['goes up and down', [10, 90, 10], null],
    ['shrinks', [40, 20, 10], null],
  ])('of one that %s', (_, sizes, speed) => {
    expect(speedOf(sizes, WIDTHS)).toBe(speed);
  });
});
