import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Rng, rngFromSeed, streamsFromSeed } from './rng.ts';

const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

function draw(rng: Rng, count: number): readonly number[] {
  return Array.from({ length: count }, () => rng.next());
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const centered = (v: readonly number[]): readonly number[] => v.map((value) => value - 0.5);
  const [a, b] = [centered(x), centered(y)];
  return a.reduce((sum, value, i) => sum + value * b[i], 0) / (x.length / 12);
}

describe('a random stream', () => {
  test.prop([seeds])('is the same for the same seed and lies in [0, 1)', (seed) => {
    const numbers = draw(rngFromSeed(seed), 20);
    expect(draw(rngFromSeed(seed), 20)).toEqual(numbers);
    expect(numbers.every((u) => u >= 0 && u < 1)).toBe(true);
  });

  test.prop([seeds, fc.integer({ min: 0, max: 50 })])(
    'gives a split the same numbers however far it is read',
    (seed, ahead) => {
      const [first, second] = [rngFromSeed(seed), rngFromSeed(seed)];
      const [splitFirst, splitSecond] = [first.split(), second.split()];
      draw(splitFirst, ahead);
      expect(draw(first, 5)).toEqual(draw(second, 5));
      expect(draw(splitSecond, ahead + 1).at(-1)).toBe(splitFirst.next());
    },
  );

  // The mean of 12·(u − ½)(v − ½) over N independent pairs has a standard deviation of 1/√N: six of them.
  const N = 4096;
  test.each([
    ['neighboring seeds', () => [rngFromSeed(0), rngFromSeed(1)]],
    ['a stream and its split', () => [rngFromSeed(5), rngFromSeed(5).split()]],
    ['a split and its split', () => splitsOf(rngFromSeed(9).split())],
    ['two splits', () => splitsOf(rngFromSeed(3))],
    ['splits of two keys', () => [128, 129].map((key) => rngFromSeed(3).split(key))],
  ] as const)('is uncorrelated between %s', (_, pair) => {
    const [x, y] = pair().map((rng) => draw(rng, N));
    expect(Math.abs(correlation(x, y))).toBeLessThan(6 / Math.sqrt(N));
  });

  test('starts evenly over seeds: the first numbers of 4096 seeds fill sixteen bins', () => {
    const bins = new Array<number>(16).fill(0);
    for (let seed = 0; seed < N; seed++) bins[Math.floor(16 * rngFromSeed(seed).next())]++;
    const expected = N / 16;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(37.7); // 99.9 % quantile at 15 degrees of freedom
  });

  test('is refused for a seed that is no integer from 0 to 2^53 − 1', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => rngFromSeed(seed)).toThrow(`rngFromSeed: expected an integer in [0, 2^53), got ${seed}`);
    }
  });

  test('serves each purpose of a run apart', () => {
    const { weights, data, batches } = streamsFromSeed(0);
    expect(new Set([weights, data, batches].map((rng) => rng.next())).size).toBe(3);
  });
});

function splitsOf(rng: Rng): readonly Rng[] {
  return [rng.split(), rng.split()];
}
