import { expect, test } from 'vitest';
import { eigvalsh } from '../linalg/eigvalsh.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { centeredAlignment } from './centered-alignment.ts';
import { classScatter } from './class-scatter.ts';
import { conditionNumber } from './condition-number.ts';
import { kernelAlignment } from './kernel-alignment.ts';
import { numericalRank } from './numerical-rank.ts';
import { participationRatio } from './participation-ratio.ts';

const SAMPLES = 6;
const UNITS = 10;

/** Two classes of three samples each. */
function gramOf(entry: (sample: number, unit: number) => number): Matrix {
  const gram = matrix(SAMPLES, SAMPLES);
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      for (let unit = 0; unit < UNITS; unit++) {
        gram.data[i * SAMPLES + j] += (entry(i, unit) * entry(j, unit)) / UNITS;
      }
    }
  }
  return gram;
}

const INITIAL = gramOf((i, j) => Math.sin((i + 1) * (j + 1)) + (i < 3 ? 0.5 : -0.2));
const TRAINED = gramOf((i, j) => Math.cos((i + 1) * (j + 2) ** 2) + (i < 3 ? 0.9 : -0.6));
const CLASSES = [0, 0, 0, 1, 1, 1];

function spectrumOf(gram: Matrix) {
  const eigenvalues = eigvalsh(gram);
  return { eigenvalues, floor: 4 * UNITS * Number.EPSILON * eigenvalues[0] };
}

// NumPy: singular values of the features, HSIC by its formula, scatter from means of the features themselves.
test('what follows from a Gram is what NumPy has of the features', () => {
  const spectrum = spectrumOf(TRAINED);
  expect(conditionNumber(spectrum)).toBeCloseTo(5.796101181507696, 9);
  expect(numericalRank(spectrum)).toBe(6);
  expect(participationRatio(spectrum.eigenvalues)).toBeCloseTo(2.176229928291752, 9);
  expect(kernelAlignment(INITIAL, TRAINED)).toBeCloseTo(0.9238120997102308, 9);
  expect(centeredAlignment(INITIAL, TRAINED)).toBeCloseTo(0.9420795105772756, 9);
  expect(classScatter(TRAINED, CLASSES)).toBeCloseTo(0.39304649058544017, 9);
});

test('samples that depend on each other have no condition number, and count once in the rank', () => {
  const twice = gramOf((i, j) => Math.sin((Math.max(i, 1) + 1) * (j + 1)));
  const spectrum = spectrumOf(twice);
  expect(conditionNumber(spectrum)).toBeNull();
  expect(numericalRank(spectrum)).toBe(5);
  // Parallel inputs, as float32 has them.
  expect(numericalRank({ eigenvalues: Float64Array.of(1, 1e-14), floor: 1e-15 })).toBe(1);
});

test('a Gram that is only rescaled is aligned with itself, in either way', () => {
  const scaled = matrix(
    SAMPLES,
    SAMPLES,
    TRAINED.data.map((entry) => 7 * entry),
  );
  expect(kernelAlignment(TRAINED, scaled)).toBeCloseTo(1, 12);
  expect(centeredAlignment(TRAINED, scaled)).toBeCloseTo(1, 12);
});

test('where there is nothing to compare nothing is said', () => {
  const zero = matrix(SAMPLES, SAMPLES);
  expect(kernelAlignment(zero, TRAINED)).toBeNull();
  expect(centeredAlignment(matrix(3, 3), matrix(3, 3))).toBeNull();
  const alike = matrix(SAMPLES, SAMPLES);
  for (let i = 0; i < SAMPLES; i++) alike.data.fill(0.3, i * SAMPLES, (i + 1) * SAMPLES);
  expect(centeredAlignment(alike, TRAINED)).toBeNull();
  expect(participationRatio(eigvalsh(zero))).toBe(0);
  expect(classScatter(TRAINED, [0, 0, 0, 0, 0, 0])).toBeNull();
  expect(classScatter(TRAINED, [0, 1, 2, 3, 4, 5])).toBeNull();
  // Two classes with one mean.
  expect(
    classScatter(
      gramOf((i, j) => Math.sin((i % 3) + j)),
      CLASSES,
    ),
  ).toBeNull();
});

test('classes that are points have no scatter within', () => {
  expect(
    classScatter(
      gramOf((i, j) => (i < 3 ? j : -1)),
      CLASSES,
    ),
  ).toBeCloseTo(0, 12);
});
