import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { type LossSpec, loss, residuals } from '../model/loss.ts';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { boundState, type GradientLossBound, gradientLossBound } from './gradient-loss-bound.ts';

function normal(rows: number, cols: number, seed: number): Matrix {
  const out = matrix(rows, cols);
  fillNormal(out.data, rngFromSeed(seed), 1);
  return out;
}

const HALF_MEAN: LossSpec = { kind: 'half-square', reduction: 'mean' };
const LOSSES = (['half-square', 'square'] as const).flatMap((kind) =>
  (['mean', 'sum'] as const).map((reduction): LossSpec => ({ kind, reduction })),
);

function lossOf(residuals: Matrix, spec = HALF_MEAN): number {
  return loss(spec, residuals, matrix(residuals.rows, residuals.cols));
}

/** The bound of ½‖f − y‖² averaged over samples, with its state. */
function bounded(
  features: Matrix,
  residuals: Matrix,
  tolerance: number,
): GradientLossBound & { readonly state: string } {
  const found = gradientLossBound({ features, residuals, loss: HALF_MEAN });
  return { ...found, state: boundState(found, tolerance) };
}

function of(rows: readonly (readonly number[])[]): Matrix {
  return matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
}

test('is what NumPy finds', () => {
  const features = of([
    [1, 0.5, -0.25],
    [0.2, -1, 0.4],
  ]);
  const residuals = of([
    [0.3, -0.1],
    [0.05, 0.2],
  ]);
  // np.linalg.svd(X)[1]; R.T @ X / 2; 2·‖∇‖/σ_2; 2·‖∇‖²/(2σ_2²)
  const found = bounded(features, residuals, 1e-6);
  expect([found.sigmaMin, found.errorBound, found.gap]).toBeCloseToAll(NUMPY, { rtol: 1e-12 });
  expect(found).toMatchObject({ state: 'not-stationary', rank: 2, lossFloor: 0 });
});

const NUMPY = [0.9232086894080812, 0.4674640928883615, 0.05463066953498467];

const sizes = fc.record({
  samples: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 12 }),
  outputs: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  scale: fc.integer({ min: -12, max: 4 }),
  decay: fc.integer({ min: 0, max: 4 }),
  spec: fc.constantFrom(...LOSSES),
});

propertyTest.prop([sizes], { numRuns: 500 })(
  'is never violated: the gap above what no readout avoids is at most what it says',
  ({ samples, width, outputs, seed, scale, decay, spec }) => {
    const features = normal(samples, width, seed);
    // Columns of very different sizes: nearly dependent features.
    for (let i = 0; i < features.data.length; i++) features.data[i] *= 10 ** (-decay * (i % width));
    // f = Xw − y with y in the features' reach where there are more samples than units, so that C7's floor is that of y.
    const residuals = normal(samples, outputs, seed + 1);
    for (let i = 0; i < residuals.data.length; i++) residuals.data[i] *= 10 ** scale;
    const found = gradientLossBound({ features, residuals, loss: spec });
    if (found.gap === null || found.lossFloor === null) return;
    const value = lossOf(residuals, spec);
    expect(value - found.lossFloor).toBeLessThanOrEqual(found.gap * (1 + 1e-9) + 1e-12 * value);
    expect(found.tightness === null || (found.tightness > 0 && found.tightness <= 1)).toBe(true);
  },
);

describe('the states', () => {
  const features = normal(4, 16, 1);

  test('holds where the gradient leaves no more than the tolerance', () => {
    const residuals = matrix(4, 2);
    expect(bounded(features, residuals, 0.1)).toMatchObject({
      state: 'holds',
      gap: 0,
      tightness: null,
    });
  });

  test('two equal inputs with different labels stop at positive loss, and that is their floor', () => {
    const equal = of([
      [0.5, -1, 2],
      [0.5, -1, 2],
      [1, 1, 0],
    ]);
    // The readout has done what it can: the mean of both labels.
    const found = bounded(equal, of([[0.5], [-0.5], [0]]), 1e-6);
    expect(found).toMatchObject({ state: 'rank-deficient', rank: 2 });
    expect(found.gap).toBeCloseTo(0, 14);
    expect(found.lossFloor).toBeCloseTo(lossOf(of([[0.5], [-0.5], [0]])), 14);
  });

  test('inputs that are opposite but for rounding are deficient, and what is further apart is undecidable', () => {
    const row = [0.3, -1.2, 0.7, 0.1];
    const stateAt = (apart: number): string =>
      bounded(
        of([row, row.map((entry) => -entry * (1 + apart)), [1, 0, 0, 2]]),
        of([[0.5], [0.5], [0]]),
        1e-6,
      ).state;
    expect([0, 2e-16, 1e-15].map(stateAt)).toEqual(['rank-deficient', 'rank-deficient', 'rank-deficient']);
    const near = of([row, row.map((entry, at) => -entry + (at === 0 ? 4e-11 : 0)), [1, 0, 0, 2]]);
    expect(bounded(near, of([[0.5], [0.5], [0]]), 1e-6).state).not.toBe('rank-deficient');
  });

  test('opposite inputs, zeros and more samples than units are deficient', () => {
    const residuals = of([[1], [2], [3]]);
    const opposite = of([
      [0.5, -1, 2],
      [-0.5, 1, -2],
      [1, 1, 0],
    ]);
    const zero = of([
      [0.5, -1, 2],
      [0, 0, 0],
      [1, 1, 0],
    ]);
    const narrow = of([
      [0.5, -1],
      [0.1, 0.3],
      [1, 1],
    ]);
    for (const given of [opposite, zero, narrow]) {
      expect(bounded(given, residuals, 1)).toMatchObject({
        state: 'rank-deficient',
        rank: 2,
      });
    }
  });

  test('features of all zeros avoid none of the loss', () => {
    const residuals = of([[1], [2]]);
    const found = bounded(matrix(2, 3), residuals, 1);
    expect(found).toMatchObject({ state: 'rank-deficient', rank: 0, gap: 0 });
    expect(found.lossFloor).toBeCloseTo(lossOf(residuals), 14);
  });

  test('is undecidable where σ is below its floor and rows do not say why', () => {
    const nearly = of([
      [1, 1, 0],
      [1, 2, 1e-16],
      [0.3, 0.2, 1e-17],
    ]);
    expect(bounded(nearly, of([[1], [1], [1]]), 1)).toMatchObject({
      state: 'undecidable',
      gap: null,
      lossFloor: null,
    });
  });

  test('is undecidable beside what is not finite', () => {
    const broken = of([
      [Number.NaN, 1],
      [1, 0],
    ]);
    expect(bounded(broken, of([[1], [1]]), 1).state).toBe('undecidable');
  });
});

describe('cross-entropy', () => {
  const SHAPES = fc.record({
    samples: fc.integer({ min: 1, max: 6 }),
    classes: fc.integer({ min: 2, max: 5 }),
    spare: fc.integer({ min: 0, max: 6 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    confidence: fc.double({ min: 0, max: 30, noNaN: true }),
    reduction: fc.constantFrom('mean' as const, 'sum' as const),
  });

  propertyTest.prop([SHAPES])('is never above what the gradient of the readout allows it', (shape) => {
    const { samples, classes, spare, seed, confidence, reduction } = shape;
    const rng = rngFromSeed(seed);
    const features = matrix(samples, samples + spare);
    fillNormal(features.data, rng);
    const outputs = matrix(samples, classes);
    fillNormal(outputs.data, rng);
    const targets = matrix(samples, classes);
    for (let i = 0; i < samples; i++) {
      for (let k = 0; k < classes; k++)
        targets.data[i * classes + k] = (k === i % classes ? 1 : 0) - 1 / classes;
      outputs.data[i * classes + (i % classes)] += confidence;
    }
    const spec = { kind: 'cross-entropy', reduction } as const;
    const bound = gradientLossBound({
      features,
      residuals: residuals(spec, { outputs, targets }),
      loss: spec,
    });
    // log Σ exp f − f_y is rounded as f is, however little is left of it.
    const rounding = 2 * samples * Number.EPSILON * Math.max(...outputs.data.map(Math.abs));
    if (bound.gap !== null) {
      expect(loss(spec, outputs, targets)).toBeLessThanOrEqual(bound.gap * (1 + 1e-9) + rounding);
    }
  });

  test('is bounded once the error is small, by a number above it', () => {
    const spec = { kind: 'cross-entropy', reduction: 'mean' } as const;
    const features = matrix(1, 1, Float64Array.of(1));
    // Of two classes χ = (−q, q): R = q, and the loss is −log(1 − q).
    const at = (q: number) =>
      gradientLossBound({ features, residuals: matrix(1, 2, Float64Array.of(-q, q)), loss: spec });
    expect(at(0.1).gap).toBeCloseTo(0.1 / 0.9, 9);
    expect(at(0.1).gap!).toBeGreaterThan(-Math.log(0.9));
    expect([at(0.9).gap!, at(0.9).lossFloor]).toEqual([expect.closeTo(9, 6), 0]);
  });

  test('over features that are not independent is not bounded', () => {
    const spec = { kind: 'cross-entropy', reduction: 'mean' } as const;
    const features = matrix(2, 2, Float64Array.of(1, 2, 1, 2));
    const error = matrix(2, 2, Float64Array.of(-0.1, 0.1, 0.1, -0.1));
    const bound = gradientLossBound({ features, residuals: error, loss: spec });
    expect([bound.features, bound.gap, bound.lossFloor]).toEqual(['rank-deficient', null, null]);
    expect(boundState({ features: 'independent', gap: null }, 1)).toBe('not-stationary');
  });
});
