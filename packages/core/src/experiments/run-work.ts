import { REMEMBERED } from '../model/optimizer.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { tangentSteps } from '../run/tangent-steps.ts';
import { readsTraining, updateRank } from '../run/wide-coordinates.ts';

/** What a run spends its time on, each kind in units of its own. */
export interface RunWork {
  /** Operations of the products of training and of its losses; a multiplication and an addition are two. */
  readonly trained: number;
  /** Entries of weights, which a run draws and begins with. */
  readonly begun: number;
  /** Entries of weights, once an update. */
  readonly updated: number;
  /** What rules remember of them, once an update. */
  readonly remembered: number;
  /** Entries of hidden layers, once an update and sample. */
  readonly activated: number;
  /** Operations of the products of what is measured, and entries of hidden layers there. */
  readonly measured: number;
  readonly watched: number;
  /** Operations of the products of gradients and tangent kernels that are looked at. */
  readonly bounded: number;
  /** Entries of weights that a look takes out of where they are trained, in float64. */
  readonly copied: number;
  /** Products in Grams and singular values of features, and those that their eigenvalues take. */
  readonly spectra: number;
  readonly eigenvalues: number;
  /** Entries of weights that norms are taken of. */
  readonly normed: number;
  /** Layers that are looked at, once a probed step; and updates. */
  readonly looks: number;
  readonly steps: number;
  /** One: what any run takes, whatever its size. */
  readonly runs: number;
}

export type WorkKind = keyof RunWork;

/** What one run takes on a data set of so many samples. */
export function runWork(spec: RunSpec, samples: number): RunWork {
  const { net, steps, probe, optimizer } = spec;
  const weights = weightsOf(net);
  const units = net.depth * net.width;
  const batch = Math.min(spec.batch ?? samples, samples);
  const looks = probe.steps.length;
  const features = probe.measures === 'coordinates' || probe.measures === 'loss' ? 0 : 1;
  // Every loss of all samples that no update takes anyway is one more pass.
  const losses = batch < samples ? looks : 1;
  const factors = factoredWork(spec, samples);
  const isRead = spec.engine.name === 'wasm' && readsTraining(spec);
  // With all entries of changes, the first look cannot be taken again.
  const exact = isRead ? (factors.weights > 0 ? 0 : 1) : looks;
  const isGraph = !LOOKED_AT_IN_PLACE.includes(spec.engine.name);
  const bounds = probe.measures === 'convergence' ? boundingWork(spec, samples) : NO_BOUNDS;
  return {
    // Forward, weight gradient and input gradient take 2 operations a weight and sample each; ξ needs no gradient.
    trained:
      steps * batch * (6 * weights - 2 * factors.weights - 2 * net.inputDim * net.width) +
      losses * 2 * samples * weights +
      factors.products,
    // Without the sum of weight and change, and what rounding leaves of a start.
    begun: weights - factors.weights / 2,
    updated: steps * (weights - factors.weights),
    remembered: steps * (weights - factors.weights) * REMEMBERED[optimizer.kind],
    activated: (steps * batch + losses * samples) * units,
    measured: exact * 2 * probe.samples * weights,
    watched: exact * probe.samples * units + bounds.watched,
    bounded: bounds.bounded,
    copied: weights * (isGraph ? looks : 0) + bounds.copied,
    spectra: features * looks * units * probe.samples ** 2 + bounds.spectra,
    eigenvalues: features * looks * net.depth * probe.samples ** 3 + bounds.eigenvalues,
    normed: probe.weights === 'norms' ? weights - NORM_OF_FACTORS * factors.weights : 0,
    looks: looks * net.depth,
    steps,
    runs: 1,
  };
}

/** Engines of which a look at a probe takes no copy of the weights. */
const LOOKED_AT_IN_PLACE: readonly string[] = ['wasm', 'reference'];

/** The share of a weight's norms that its change takes: the norm of one in factors takes next to nothing. */
const NORM_OF_FACTORS = 1 / 2;

/** Entries of weights whose changes stay in factors, and operations of the products with these. */
export function factoredWork(
  spec: RunSpec,
  samples: number,
): { readonly weights: number; readonly rank: number; readonly products: number } {
  const { width, depth } = spec.net;
  const layers = depth - 1;
  const rank = spec.engine.name === 'wasm' ? updateRank(spec, samples, { fanIn: width, fanOut: width }) : 0;
  return rank === 0
    ? { weights: 0, rank, products: 0 }
    : // Forward and backward, in and out; on average with half of the rows that there are in the end.
      { weights: layers * width ** 2, rank, products: 4 * layers * spec.steps * samples * width * rank };
}

/** How many weights a network has: d·n + (L − 1)·n² + n·k. */
export function weightsOf({ inputDim, width, depth, outputDim }: RunSpec['net']): number {
  return inputDim * width + (depth - 1) * width * width + width * outputDim;
}

type BoundingWork = Pick<RunWork, 'bounded' | 'copied' | 'watched' | 'spectra' | 'eigenvalues'>;

const NO_BOUNDS: BoundingWork = { bounded: 0, copied: 0, watched: 0, spectra: 0, eigenvalues: 0 };

/** Of the gradient–loss bound at every probed step and of the tangent kernel where it is taken. */
function boundingWork({ net, probe: { steps } }: RunSpec, samples: number): BoundingWork {
  const pairs = samples * net.outputDim;
  const weights = weightsOf(net);
  const units = net.depth * net.width;
  const kernels = tangentSteps(steps, pairs).length;
  // Singular values are those of the smaller side.
  const [few, many] = [Math.min(samples, net.width), Math.max(samples, net.width)];
  return {
    bounded: steps.length * 6 * samples * weights + kernels * pairs * (2 * weights + 2 * units * pairs),
    copied: steps.length * weights,
    watched: steps.length * 2 * samples * units,
    spectra: steps.length * many * few ** 2,
    eigenvalues: steps.length * few ** 3 + kernels * pairs ** 3,
  };
}
