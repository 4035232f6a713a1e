import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { type Matrix, matrix } from './matrix.ts';
import { singularValues } from './singular-values.ts';
import { spectralNorm } from './spectral-norm.ts';

function normal(rows: number, cols: number, seed: number): Matrix {
  const out = matrix(rows, cols);
  fillNormal(out.data, rngFromSeed(seed), 1);
  return out;
}

propertyTest.prop(
  [fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 99 })],
  {
    numRuns: 40,
  },
)('is the largest singular value where a side is short', (short, long, seed) => {
  const largest = singularValues(normal(short, long, seed))[0];
  expect([spectralNorm(normal(short, long, seed))]).toBeCloseToAll([largest], { rtol: 1e-9 });
});

test('of large matrices is at most it, and within a thousandth even where singular values crowd', () => {
  const a = normal(90, 110, 1);
  const ratio = spectralNorm(a) / singularValues(a)[0];
  expect(ratio).toBeLessThanOrEqual(1 + 1e-12);
  expect(ratio).toBeGreaterThan(0.999);
});

test('of a matrix of rank one is its length, and of zeros 0', () => {
  const outer = matrix(80, 70);
  for (let i = 0; i < 80; i++) for (let j = 0; j < 70; j++) outer.data[i * 70 + j] = (i + 1) * (j + 1);
  const length = (count: number): number => Math.sqrt((count * (count + 1) * (2 * count + 1)) / 6);
  expect([spectralNorm(outer)]).toBeCloseToAll([length(80) * length(70)], { rtol: 1e-12 });
  expect(spectralNorm(matrix(80, 70))).toBe(0);
});
