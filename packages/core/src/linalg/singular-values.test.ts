import { fc, test } from '@fast-check/vitest';
import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect } from 'vitest';
import oracle from '../../test/oracles/linalg.json' with { type: 'json' };
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { eigvalsh } from './eigvalsh.ts';
import { sampleGram } from './gram.ts';
import { type Matrix, matrix } from './matrix.ts';
import { frobeniusNorm } from './norms.ts';
import { singularValues } from './singular-values.ts';

function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  return matrix(rows, cols, fillNormal(new Float64Array(rows * cols), rngFromSeed(seed)));
}

const size = fc.integer({ min: 1, max: 20 });

describe('singular values', () => {
  test('keep the digits that the Gram matrix loses', () => {
    const { rows, cols, entries, singularValues: exact } = oracle.wide;
    const features = matrix(rows, cols, Float64Array.from(entries));
    const sigma = singularValues(features);
    expect(sigma).toBeCloseToAll(exact, { rtol: 0, atol: cols * Number.EPSILON });
    const viaGram = Math.sqrt(Math.abs(eigvalsh(sampleGram(features)).at(-1)! * cols));
    expect(Math.abs(viaGram - exact.at(-1)!)).toBeGreaterThan(100 * Math.abs(sigma.at(-1)! - exact.at(-1)!));
  });

  test.prop([size, size, fc.nat()])(
    'are those of ml-matrix for wide and tall matrices',
    (rows, cols, seed) => {
      const m = randomMatrix(rows, cols, seed);
      const ml = new SingularValueDecomposition(MlMatrix.from1DArray(rows, cols, m.data), {
        autoTranspose: true,
      });
      const expected = Float64Array.from(ml.diagonal).sort((a, b) => b - a);
      const tolerance = 4 * Math.max(rows, cols) * Number.EPSILON * frobeniusNorm(m);
      expect(singularValues(m)).toBeCloseToAll(expected, { rtol: 0, atol: tolerance });
    },
  );

  test.prop([size, size, fc.nat()])('hold the energy of the matrix, descending', (rows, cols, seed) => {
    const m = randomMatrix(rows, cols, seed);
    const sigma = singularValues(m);
    const energy = Math.sqrt(sigma.reduce((sum, s) => sum + s * s, 0));
    expect([energy]).toBeCloseToAll([frobeniusNorm(m)], { rtol: 4 * Math.max(rows, cols) * Number.EPSILON });
    expect([...sigma]).toEqual([...sigma].sort((a, b) => b - a));
  });

  test.each([
    {
      name: 'two equal rows',
      m: matrix(2, 3, Float64Array.of(1, 2, 2, 1, 2, 2)),
      expected: [Math.sqrt(18), 0],
    },
    { name: 'orthogonal rows', m: matrix(2, 2, Float64Array.of(0, 3, -4, 0)), expected: [4, 3] },
    {
      name: 'orthogonal rows of one length',
      m: matrix(2, 2, Float64Array.of(0, 3, -3, 0)),
      expected: [3, 3],
    },
    { name: 'a row', m: matrix(1, 2, Float64Array.of(3, -4)), expected: [5] },
    { name: 'a column', m: matrix(2, 1, Float64Array.of(3, -4)), expected: [5] },
    { name: 'zero', m: matrix(2, 4), expected: [0, 0] },
    { name: 'nothing', m: matrix(0, 4), expected: [] },
    {
      name: 'entries whose squares overflow',
      m: matrix(1, 2, Float64Array.of(3e200, 4e200)),
      expected: [5e200],
    },
    {
      name: 'entries whose squares vanish',
      m: matrix(1, 2, Float64Array.of(3e-200, 4e-200)),
      expected: [5e-200],
    },
  ])('of $name are known', ({ m, expected }) => {
    const atol = 4 * Number.EPSILON * (expected[0] ?? 0) + Number.MIN_VALUE;
    expect(singularValues(m)).toBeCloseToAll(expected, { rtol: 0, atol });
  });

  test('are unknown where an entry is', () => {
    expect([...singularValues(matrix(2, 2, Float64Array.of(1, Number.NaN, 0, 1)))]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
  });
});
