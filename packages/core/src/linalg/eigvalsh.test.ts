import { fc, test } from '@fast-check/vitest';
import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect } from 'vitest';
import oracle from '../../test/oracles/linalg.json' with { type: 'json' };
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { eigvalsh } from './eigvalsh.ts';
import { sampleGram } from './gram.ts';
import { type Matrix, matrix } from './matrix.ts';
import { frobeniusNorm } from './norms.ts';

function square(n: number, entries: ArrayLike<number>): Matrix {
  return matrix(n, n, Float64Array.from(entries));
}

function randomSymmetric(n: number, seed: number): Matrix {
  const a = matrix(n, n, fillNormal(new Float64Array(n * n), rngFromSeed(seed)));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[j * n + i] = a.data[i * n + j];
  return a;
}

/** Backward stability of both steps: a few n·ε of the norm. */
function stability(a: Matrix): { rtol: number; atol: number } {
  return { rtol: 0, atol: 4 * a.rows * Number.EPSILON * frobeniusNorm(a) };
}

function diagonal(...entries: readonly number[]): Matrix {
  const a = matrix(entries.length, entries.length);
  entries.forEach((entry, i) => {
    a.data[i * (entries.length + 1)] = entry;
  });
  return a;
}

describe('eigenvalues of a symmetric matrix', () => {
  test('are those of NumPy, descending', () => {
    const a = square(12, oracle.symmetric.entries);
    expect(eigvalsh(a)).toBeCloseToAll(oracle.symmetric.eigenvalues, stability(a));
  });

  test('of the Hilbert matrix are the exact ones up to ε of the largest', () => {
    const a = matrix(8, 8);
    for (let i = 0; i < 64; i++) a.data[i] = 1 / (Math.floor(i / 8) + (i % 8) + 1);
    expect(eigvalsh(a)).toBeCloseToAll(oracle.hilbert8, stability(a));
  });

  test.prop([fc.integer({ min: 1, max: 40 }), fc.nat()])('are those of ml-matrix', (n, seed) => {
    const a = randomSymmetric(n, seed);
    const ml = new EigenvalueDecomposition(MlMatrix.from1DArray(n, n, a.data), { assumeSymmetric: true });
    const expected = Float64Array.from(ml.realEigenvalues).sort((x, y) => y - x);
    expect(eigvalsh(a)).toBeCloseToAll(expected, stability(a));
  });

  test.prop([fc.integer({ min: 1, max: 30 }), fc.nat()])(
    'add up to the trace, their squares to the norm',
    (n, seed) => {
      const a = randomSymmetric(n, seed);
      const lambda = eigvalsh(a);
      let trace = 0;
      for (let i = 0; i < n; i++) trace += a.data[i * n + i];
      expect([lambda.reduce((s, v) => s + v, 0)]).toBeCloseToAll([trace], {
        rtol: 0,
        atol: n * stability(a).atol,
      });
      expect([Math.sqrt(lambda.reduce((s, v) => s + v * v, 0))]).toBeCloseToAll([frobeniusNorm(a)], {
        rtol: 4 * n * n * Number.EPSILON,
      });
    },
  );

  test.prop([fc.integer({ min: 2, max: 12 }), fc.nat(), fc.double({ min: 0, max: 6.28, noNaN: true })])(
    'do not change under a rotation',
    (n, seed, angle) => {
      const a = randomSymmetric(n, seed);
      const rotated = square(n, a.data);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const rotate = (at: (k: number) => [number, number]): void => {
        for (let k = 0; k < n; k++) {
          const [p, q] = at(k);
          const [x, y] = [rotated.data[p], rotated.data[q]];
          rotated.data[p] = c * x - s * y;
          rotated.data[q] = s * x + c * y;
        }
      };
      rotate((k) => [k, n + k]); // rows 0 and 1
      rotate((k) => [k * n, k * n + 1]); // columns 0 and 1
      expect(eigvalsh(rotated)).toBeCloseToAll(eigvalsh(a), { rtol: 0, atol: 2 * stability(a).atol });
    },
  );

  // Such Grams have a block of pure rounding noise, in which no coupling is small beside its neighbors.
  test('of 500 Grams of low rank are numbers, and those of the factor', () => {
    const sizes = [64, 64, 64, 64, 64, 96, 96, 128, 192, 256];
    for (let seed = 0; seed < 500; seed++) {
      const [samples, rank] = [sizes[seed % sizes.length], 2 + (seed % 7)];
      const features = matrix(samples, rank, fillNormal(new Float64Array(samples * rank), rngFromSeed(seed)));
      const x = MlMatrix.from1DArray(samples, rank, features.data);
      const small = new EigenvalueDecomposition(x.transpose().mmul(x).div(rank), { assumeSymmetric: true });
      const expected = new Float64Array(samples);
      expected.set(Float64Array.from(small.realEigenvalues).sort((a, b) => b - a));
      expect(eigvalsh(sampleGram(features)), `seed ${seed}`).toBeCloseToAll(expected, {
        rtol: 0,
        atol: 2 * samples * Number.EPSILON * expected[0],
      });
    }
  });

  test.each([
    { name: 'a diagonal', a: diagonal(3, -1, 2), expected: [3, 2, -1] },
    { name: 'the identity', a: diagonal(1, 1, 1, 1), expected: [1, 1, 1, 1] },
    {
      name: 'a block that couples two of three',
      a: square(3, [1, 2, 0, 2, 1, 0, 0, 0, 5]),
      expected: [5, 3, -1],
    },
    { name: 'rank one', a: square(3, [1, 2, 3, 2, 4, 6, 3, 6, 9]), expected: [14, 0, 0] },
    { name: 'a single entry', a: square(1, [-7]), expected: [-7] },
    { name: 'zero', a: matrix(3, 3), expected: [0, 0, 0] },
    { name: 'nothing', a: matrix(0, 0), expected: [] },
    {
      name: 'entries near the largest double',
      a: square(2, [0, 1e307, 1e307, 0]),
      expected: [1e307, -1e307],
    },
  ])('of $name are known', ({ a, expected }) => {
    expect(eigvalsh(a)).toBeCloseToAll(expected, { rtol: 1e-15, atol: 1e-14 });
  });

  test('need only the lower triangle', () => {
    expect(eigvalsh(square(2, [1, Number.MAX_VALUE, 2, 1]))).toBeCloseToAll([3, -1]);
  });

  test('are unknown where an entry is', () => {
    expect([...eigvalsh(square(2, [1, 0, 0, Number.NaN]))]).toEqual([Number.NaN, Number.NaN]);
    expect([...eigvalsh(square(2, [1, 0, Number.NEGATIVE_INFINITY, 1]))]).toEqual([Number.NaN, Number.NaN]);
  });

  test('leave their matrix as it was', () => {
    const a = randomSymmetric(5, 1);
    const before = a.data.slice();
    eigvalsh(a);
    expect(a.data).toEqual(before);
  });

  test('exist for square matrices only', () => {
    expect(() => eigvalsh(matrix(2, 3))).toThrow('eigvalsh: expected a square matrix, got [2, 3]');
  });
});
