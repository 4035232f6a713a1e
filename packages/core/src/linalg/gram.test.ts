import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { eigvalsh } from './eigvalsh.ts';
import { sampleGram } from './gram.ts';
import { matrix } from './matrix.ts';
import { frobeniusNorm } from './norms.ts';

const features = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }), fc.nat())
  .map(([samples, width, seed]) =>
    matrix(samples, width, fillNormal(new Float64Array(samples * width), rngFromSeed(seed))),
  );

describe('the sample Gram', () => {
  test('holds the inner products of samples, divided by the width', () => {
    const gram = sampleGram(matrix(2, 4, Float64Array.of(1, 0, 2, 1, 3, 5, 0, 1)));
    expect([...gram.data]).toEqual([6 / 4, 4 / 4, 4 / 4, 35 / 4]);
  });

  test.prop([features])('has the trace ‖X‖²/n', (x) => {
    const gram = sampleGram(x);
    let trace = 0;
    for (let i = 0; i < gram.rows; i++) trace += gram.data[i * gram.rows + i];
    expect([trace]).toBeCloseToAll([frobeniusNorm(x) ** 2 / x.cols], {
      rtol: 2 * x.data.length * Number.EPSILON,
    });
  });

  test.prop([features])('is symmetric to the bit', (x) => {
    const { data, rows } = sampleGram(x);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < i; j++) expect(data[i * rows + j]).toBe(data[j * rows + i]);
  });

  test.prop([features])('has no negative eigenvalue but rounding', (x) => {
    const lambda = eigvalsh(sampleGram(x));
    expect(lambda.at(-1)).toBeGreaterThan(-4 * Math.max(x.rows, x.cols) * Number.EPSILON * lambda[0]);
  });

  test('fills the buffer it is given', () => {
    const out = matrix(1, 1);
    expect(sampleGram(matrix(1, 2, Float64Array.of(1, 1)), out)).toBe(out);
    expect(out.data[0]).toBe(1);
    expect(() => sampleGram(matrix(2, 2), out)).toThrow(RangeError);
  });
});
