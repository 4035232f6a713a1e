import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fillNormal } from './normal.ts';
import { rngFromSeed } from './rng.ts';

const N = 100_000;

describe('normal numbers', () => {
  const z = fillNormal(new Float64Array(N), rngFromSeed(1));
  const mean = (f: (value: number) => number): number => z.reduce((sum, value) => sum + f(value), 0) / N;

  // Each sample moment lies within five of its standard deviations, √(Var/N) with Var = 1, 2, 15, 96.
  test.each([
    ['mean', (v: number) => v, 0, 1],
    ['variance', (v: number) => v * v, 1, 2],
    ['third moment', (v: number) => v ** 3, 0, 15],
    ['fourth moment', (v: number) => v ** 4, 3, 96],
  ])('have the %s of the standard normal', (_, f, expected, variance) => {
    expect(Math.abs(mean(f) - expected)).toBeLessThan(5 * Math.sqrt(variance / N));
  });

  test('reach as far as N of them should', () => {
    const largest = z.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest).toBeGreaterThan(3.7); // P(all of N below) = 4·10⁻¹⁰
    expect(largest).toBeLessThan(7); // P(any above) = 3·10⁻⁷
  });

  test('do not couple within their pairs', () => {
    let product = 0;
    for (let i = 0; i + 1 < N; i += 2) product += z[i] * z[i + 1];
    expect(Math.abs(product / (N / 2))).toBeLessThan(5 / Math.sqrt(N / 2));
  });

  test.prop([fc.nat(), fc.integer({ min: 0, max: 9 }), fc.integer({ min: -20, max: 20 })])(
    'of another deviation are the same ones, scaled',
    (seed, length, exponent) => {
      const scale = 2 ** exponent;
      const standard = fillNormal(new Float64Array(length), rngFromSeed(seed));
      const scaled = fillNormal(new Float64Array(length), rngFromSeed(seed), scale);
      expect([...scaled]).toEqual([...standard].map((value) => scale * value));
    },
  );

  test('come in the same order whether the last pair is used up or not', () => {
    const odd = fillNormal(new Float64Array(5), rngFromSeed(2));
    const even = fillNormal(new Float64Array(6), rngFromSeed(2));
    expect([...odd]).toEqual([...even.subarray(0, 5)]);
  });
});
