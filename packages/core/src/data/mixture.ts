import { fillNormal } from '../random/normal.ts';
import { streamsFromSeed } from '../random/rng.ts';
import type { Dataset } from './dataset.ts';
import { centeredOneHot } from './one-hot.ts';

export interface MixtureSpec {
  /** k ≥ 2. */
  readonly classes: number;
  /** d ≥ 1. */
  readonly dim: number;
  /** P ≥ 1. */
  readonly samples: number;
  readonly seed: number;
}

/** How far the class means lie apart, in units of the spread around them. */
const SEPARATION = 0.7;

/**
 * Samples of a Gaussian mixture on the unit sphere, classes in turn.
 *
 *     x = 0.7 μ_class + ε,  ξ = x/‖x‖        μ and ε standard normal in d dimensions
 *
 * Targets are one-hot − 1/k; two classes have the scalar targets 1 and −1.
 */
export function mixtureDataset({ classes, dim, samples, seed }: MixtureSpec): Dataset {
  for (const [name, value, least] of [
    ['classes', classes, 2],
    ['dim', dim, 1],
    ['samples', samples, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`mixtureDataset: expected ${name} to be an integer ≥ ${least}, got ${value}`);
    }
  }
  const { data: stream } = streamsFromSeed(seed);
  const means = fillNormal(new Float64Array(classes * dim), stream.split());
  const inputs = fillNormal(new Float64Array(samples * dim), stream.split());
  const labels = Array.from({ length: samples }, (_, sample) => sample % classes);
  labels.forEach((label, sample) => {
    placeOnSphere(inputs.subarray(sample * dim, (sample + 1) * dim), means.subarray(label * dim));
  });
  const scalar = classes === 2;
  return {
    inputs,
    targets: scalar ? Float64Array.from(labels, (label) => 1 - 2 * label) : centeredOneHot(labels, classes),
    samples,
    inputDim: dim,
    outputDim: scalar ? 1 : classes,
  };
}

/** ε ← (0.7 μ + ε) / ‖0.7 μ + ε‖ */
function placeOnSphere(epsilon: Float64Array, mu: Float64Array): void {
  let squares = 0;
  for (let i = 0; i < epsilon.length; i++) {
    epsilon[i] += SEPARATION * mu[i];
    squares += epsilon[i] * epsilon[i];
  }
  const norm = Math.sqrt(squares);
  for (let i = 0; i < epsilon.length; i++) epsilon[i] /= norm;
}
