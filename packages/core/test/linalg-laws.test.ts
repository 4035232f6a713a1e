import { fc, test as propertyTest } from '@fast-check/vitest';
import { instantiateKernels } from '@widthwise/core/kernels';
import { describe, expect, test } from 'vitest';
import { wasmEngine } from '../src/engines/wasm/wasm-engine.ts';
import { gemm } from '../src/linalg/gemm.ts';
import { sampleGram } from '../src/linalg/gram.ts';
import { type Linalg, PLAIN_LINALG } from '../src/linalg/linalg.ts';
import { type Matrix, matrix } from '../src/linalg/matrix.ts';
import { fillNormal } from '../src/random/normal.ts';
import { rngFromSeed } from '../src/random/rng.ts';

const LINALGS: readonly (readonly [string, Linalg])[] = [
  ['TypeScript', PLAIN_LINALG],
  ['the kernels', wasmEngine(instantiateKernels).linalg],
];

function normals(rows: number, cols: number, seed: number): Matrix {
  return matrix(rows, cols, fillNormal(new Float64Array(rows * cols), rngFromSeed(seed)));
}

/** Rows that are orthonormal: Gram and Schmidt, twice. */
function orthonormal(rows: number, cols: number, seed: number): Matrix {
  const q = normals(rows, cols, seed);
  const row = (i: number): Float64Array => q.data.subarray(i * cols, (i + 1) * cols);
  const dot = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, each, at) => sum + each * y[at], 0);
  for (let i = 0; i < rows; i++) {
    for (const _ of [0, 1]) {
      for (let j = 0; j < i; j++) {
        const along = dot(row(i), row(j));
        row(i).forEach((each, at) => {
          q.data[i * cols + at] = each - along * row(j)[at];
        });
      }
      const norm = Math.sqrt(dot(row(i), row(i)));
      row(i).forEach((each, at) => {
        q.data[i * cols + at] = each / norm;
      });
    }
  }
  return q;
}

/** Features of which the Gram has the eigenvalues λ/cols, in descending order, but for rounding. */
function features(lambdas: readonly number[], cols: number, seed: number): Matrix {
  const n = lambdas.length;
  const left = orthonormal(n, n, seed);
  const right = orthonormal(n, cols, seed + 1);
  lambdas.forEach((lambda, i) => {
    for (let j = 0; j < cols; j++) right.data[i * cols + j] *= Math.sqrt(lambda);
  });
  return gemm(matrix(n, cols), { a: left, transposeA: true, b: right });
}

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(17, 32, 50));

describe.each(LINALGS)('linear algebra in %s', (_, linalg) => {
  propertyTest.prop([size, size, fc.nat()], { numRuns: 30 })(
    'has the Gram of features, symmetric to the last bit',
    (rows, cols, seed) => {
      const x = normals(rows, cols, seed);
      const gram = linalg.sampleGram(x);
      expect(gram.data).toBeCloseToAll(sampleGram(x).data, {
        rtol: 0,
        atol: 20 * (cols + 4) * Number.EPSILON,
      });
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < i; j++) expect(gram.data[i * rows + j]).toBe(gram.data[j * rows + i]);
    },
  );

  propertyTest.prop([size, size, fc.nat()], { numRuns: 30 })(
    'has singular values whose squares are the eigenvalues of the Gram',
    (rows, cols, seed) => {
      const x = normals(rows, cols, seed);
      const sigmas = linalg.singularValues(x);
      const few = Math.min(rows, cols);
      expect(sigmas).toHaveLength(few);
      const eigenvalues = linalg.eigvalsh(sampleGram(x)).subarray(0, few);
      const atol = 16 * Math.max(rows, cols) * Number.EPSILON * (eigenvalues[0] ?? 0);
      expect(sigmas.map((sigma) => (sigma * sigma) / cols)).toBeCloseToAll(eigenvalues, { rtol: 0, atol });
    },
  );

  test('finds the smallest eigenvalue of a Gram at condition 10¹² to 10⁻⁴, and its root to the same', () => {
    const n = 32;
    const errors = [0, 1, 2, 3, 4].map((seed) => {
      const x = features(
        Array.from({ length: n }, (_, i) => 10 ** ((-12 * i) / (n - 1))),
        2 * n,
        7 * seed,
      );
      const sigmas = linalg.singularValues(x);
      const least = linalg.eigvalsh(linalg.sampleGram(x)).at(-1) ?? 0;
      return [Math.abs(least * 2 * n * 1e12 - 1), Math.abs((sigmas.at(-1) ?? 0) * 1e6 - 1)];
    });
    const worst = [0, 1].map((which) => Math.max(...errors.map((each) => each[which])));
    // n·ε·10¹² is 7·10⁻³: what the Gram's own rounding may cost; singular values keep ε·σ₁/σ_n = 2·10⁻¹⁰ of each.
    expect(worst[0]).toBeLessThan(7e-3);
    expect(worst[1]).toBeLessThan(1e-8);
  });

  test('gives nothing but NaN where an entry is not finite, zeros for zeros, and ends where a low rank leaves noise', () => {
    const infinite = matrix(2, 2, Float64Array.of(1, 0, Number.POSITIVE_INFINITY, 1));
    expect([...linalg.eigvalsh(infinite)].every(Number.isNaN)).toBe(true);
    expect([...linalg.singularValues(infinite)].every(Number.isNaN)).toBe(true);
    expect([...linalg.eigvalsh(matrix(3, 3))]).toEqual([0, 0, 0]);
    expect([...linalg.singularValues(matrix(3, 2))]).toEqual([0, 0]);
    for (const rank of [1, 2, 5]) {
      const x = gemm(matrix(60, 80), { a: normals(60, rank, rank), b: normals(rank, 80, 9) });
      const eigenvalues = linalg.eigvalsh(linalg.sampleGram(x));
      expect(eigenvalues[rank - 1]).toBeGreaterThan(0.1);
      const noise = 60 * Number.EPSILON * eigenvalues[0];
      expect([...eigenvalues.subarray(rank)].every((each) => Math.abs(each) <= noise)).toBe(true);
    }
  });
});
