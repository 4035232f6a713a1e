import { expect, test } from 'vitest';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { type Matrix, matrix } from './matrix.ts';
import { updateAlignment } from './update-alignment.ts';

function normal(rows: number, cols: number, seed: number): Matrix {
  const out = matrix(rows, cols);
  fillNormal(out.data, rngFromSeed(seed), 1);
  return out;
}

test('a gradient of one sample is fully aligned with its features: n', () => {
  const [features, error] = [normal(1, 300, 1), normal(1, 200, 2)];
  const update = matrix(200, 300);
  for (let i = 0; i < 200; i++) {
    for (let j = 0; j < 300; j++) update.data[i * 300 + j] = error.data[i] * features.data[j];
  }
  expect(updateAlignment(update, features)).toBeCloseTo(300, 9);
});

test('entries that know nothing of the features are not: √n', () => {
  // rms(ΔW x) is a mean over 2,000 products of 400 terms: within a few percent of √400.
  expect(updateAlignment(normal(500, 400, 3), normal(4, 400, 4)) / 20).toBeCloseTo(1, 1);
});

test('nothing was updated', () => {
  expect(updateAlignment(matrix(3, 2), normal(4, 2, 5))).toBe(0);
});
