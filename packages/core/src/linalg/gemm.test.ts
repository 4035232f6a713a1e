import { fc, test } from '@fast-check/vitest';
import { Matrix as MlMatrix } from 'ml-matrix';
import { expect } from 'vitest';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { gemm, gemmWorkspace } from './gemm.ts';
import { type Matrix, matrix } from './matrix.ts';

function normalMatrix(rows: number, cols: number, seed: number): Matrix {
  return matrix(rows, cols, fillNormal(new Float64Array(rows * cols), rngFromSeed(seed)));
}

function transposed(m: Matrix): Matrix {
  const t = matrix(m.cols, m.rows);
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j < m.cols; j++) t.data[j * m.rows + i] = m.data[i * m.cols + j];
  return t;
}

function mlProduct(a: Matrix, b: Matrix): Float64Array {
  const ml = (m: Matrix): MlMatrix => MlMatrix.from1DArray(m.rows, m.cols, m.data);
  return Float64Array.from(ml(a).mmul(ml(b)).to1DArray());
}

/** Two sums of k products of standard normals differ by at most k·ε times the largest Σ|ab|, itself below 10k here. */
function roundingOf(k: number): { rtol: number; atol: number } {
  return { rtol: 0, atol: 10 * k * k * Number.EPSILON };
}

const size = fc.integer({ min: 1, max: 11 });

test.prop([size, size, size, fc.nat(), fc.boolean(), fc.boolean()])(
  'a product is that of ml-matrix in every layout',
  (m, k, n, seed, transposeA, transposeB) => {
    const a = normalMatrix(m, k, seed);
    const b = normalMatrix(k, n, seed + 1);
    const product = {
      a: transposeA ? transposed(a) : a,
      b: transposeB ? transposed(b) : b,
      transposeA,
      transposeB,
    };
    expect(gemm(matrix(m, n), product).data).toBeCloseToAll(mlProduct(a, b), roundingOf(k));
  },
);

test.each([
  [128, 256, 512],
  [129, 257, 513],
  [64, 300, 5],
  [3, 513, 130],
])('a product of [%i, %i] and [%i] columns crosses the block borders unharmed', (m, k, n) => {
  const a = normalMatrix(m, k, 1);
  const b = normalMatrix(k, n, 2);
  expect(gemm(matrix(m, n), { a, b }).data).toBeCloseToAll(mlProduct(a, b), roundingOf(k));
});

test('a scaled product is added to what is there, in one rounding', () => {
  const out = matrix(1, 1, Float64Array.of(10));
  gemm(out, {
    a: matrix(1, 2, Float64Array.of(2, 3)),
    b: matrix(2, 1, Float64Array.of(4, 5)),
    scale: -0.5,
    add: true,
  });
  expect(out.data[0]).toBe(10 - 0.5 * 23);
});

test('a product overwrites what was there', () => {
  const out = matrix(2, 1, Float64Array.of(7, Number.NaN));
  gemm(out, { a: matrix(2, 1, Float64Array.of(1, 2)), b: matrix(1, 1, Float64Array.of(3)) });
  expect([...out.data]).toEqual([3, 6]);
});

test('a workspace that served a larger product leaves no trace in a smaller one', () => {
  const workspace = gemmWorkspace();
  gemm(matrix(9, 9), { a: normalMatrix(9, 9, 3), b: normalMatrix(9, 9, 4) }, workspace);
  const a = normalMatrix(3, 5, 5);
  const b = normalMatrix(5, 2, 6);
  expect(gemm(matrix(3, 2), { a, b }, workspace).data).toEqual(gemm(matrix(3, 2), { a, b }).data);
});

test('shapes that do not fit together are refused', () => {
  expect(() => gemm(matrix(2, 2), { a: matrix(2, 3), b: matrix(2, 2) })).toThrow(
    'gemm: expected shapes [m, k] [k, n] → [m, n], got [2, 3] [2, 2] → [2, 2]',
  );
  expect(() => gemm(matrix(3, 2), { a: matrix(2, 3), b: matrix(3, 2) })).toThrow(RangeError);
});
