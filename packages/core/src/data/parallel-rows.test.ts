import { expect, test } from 'vitest';
import { matrix } from '../linalg/matrix.ts';
import { rngFromSeed } from '../random/rng.ts';
import { parallelRows } from './parallel-rows.ts';

function points(...rows: readonly (readonly number[])[]) {
  return matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
}

const NONE = { count: 0, first: [] };

test('duplicates, antipodes and other parallel rows are told apart', () => {
  expect(parallelRows(points([1, 2], [3, -1], [1, 2], [-1, -2], [6, -2]))).toEqual({
    duplicates: { count: 1, first: [[0, 2]] },
    antipodes: {
      count: 2,
      first: [
        [0, 3],
        [2, 3],
      ],
    },
    parallel: { count: 1, first: [[1, 4]] },
    zeros: NONE,
    examined: true,
  });
});

test('a zero row is named as such, and is in no pair', () => {
  expect(parallelRows(points([0, 0], [1, 2], [0, 0]))).toEqual({
    ...{ duplicates: NONE, antipodes: NONE, parallel: NONE },
    zeros: { count: 2, first: [0, 2] },
    examined: true,
  });
});

test('rows that all but meet are compared as far as the work allows, and it is said that not all were', () => {
  const rows = Array.from({ length: 400 }, (_, at) => [1, 2e-6 * (at % 20), 2e-6 * Math.floor(at / 20)]);
  const close = points(...rows, [-2, 0.3, 0.1], [4, -0.6, -0.2]);
  expect(parallelRows(close)).toMatchObject({ examined: true, parallel: { count: 1, first: [[400, 401]] } });
  expect(parallelRows(close, 3000).examined).toBe(false);
});

test('pairs far apart among many rows are found, and of very many only the first are told', () => {
  const rng = rngFromSeed(3);
  const [rows, cols] = [20_000, 3];
  const inputs = matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => rng.next() - 0.5),
  );
  const copy = (from: number, to: number, factor: number): void => {
    for (let k = 0; k < cols; k++) inputs.data[to * cols + k] = factor * inputs.data[from * cols + k];
  };
  copy(7, 19_999, -1);
  copy(12_345, 6, 1.5);
  for (let row = 500; row < 1500; row++) copy(100, row, 1);
  const { duplicates, antipodes, parallel } = parallelRows(inputs);
  expect(antipodes).toEqual({ count: 1, first: [[7, 19_999]] });
  expect(parallel).toEqual({ count: 1, first: [[6, 12_345]] });
  expect(duplicates.count).toBe((1001 * 1000) / 2);
  expect(duplicates.first).toHaveLength(64);
  expect(duplicates.first[0]).toEqual([100, 500]);
});

test('of very many rows on one line, none before the last like another, these two are told', () => {
  const many = 100_000;
  const rows = Array.from({ length: many }, (_, at) => [at + 1]);
  rows[many - 1] = [-(many - 1)];
  const { duplicates, antipodes, parallel } = parallelRows(points(...rows));
  expect(duplicates).toEqual(NONE);
  expect(antipodes).toEqual({ count: 1, first: [[many - 2, many - 1]] });
  expect(parallel.count).toBe((many * (many - 1)) / 2 - 1);
  expect(parallel.first.at(-1)).toEqual([0, 64]);
});
