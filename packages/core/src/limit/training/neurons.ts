import type { Matrix } from '../../linalg/matrix.ts';
import { pivotedCholesky } from '../../linalg/pivoted-cholesky.ts';
import { rngFromSeed } from '../../random/rng.ts';

/** Neurons of one hidden layer at initialization: a sample of the law of (h(ξ_1) … h(ξ_P), v_1 … v_k), standard for v. */
export interface Neurons {
  readonly count: number;
  /** Sum 1. */
  readonly weights: Float64Array;
  /** [count, P]. */
  readonly h: Float64Array;
  /** [count, k]. */
  readonly v: Float64Array;
}

/** Nodes reach so many standard deviations. */
const REACH = 8.5;
/** Between nodes of the grid that counts, and of the coarser one that tells how far off it is. */
const GRID_STEPS = [1 / 6, 1 / 5];
/** A grid of more dimensions has too many nodes. */
const MOST_GRID_DIMENSIONS = 3;
/** Nodes of less weight have a share of 1e−9 of the whole. */
const LEAST_WEIGHT = 1e-13;
/** Neurons of one random sample: as many as are of use, and as few as tell anything. */
export const MOST_POINTS: number = 1 << 14;
export const FEWEST_POINTS: number = 1 << 11;
/** How many random samples there are; two grids of three dimensions have three times as many neurons as eight of the larger ones. */
export const SHIFTS = 8;

/** Samples of one law, and what they have in common with it: the finer of two grids, or the mean of several random ones. */
export interface NeuronSamples {
  readonly kind: 'grids' | 'random';
  readonly samples: readonly Neurons[];
}

/**
 * Samples of the law of a neuron whose inputs have a Gram of some rank. Where φ is smooth, and rank and outputs make three
 * dimensions at most: two grids of the trapezoid rule, the finer first. Else eight of a quasi-random sequence, shifted at
 * random. Their differences say how far off they are.
 */
export function neuronSamples(
  inputGram: Matrix,
  {
    outputs,
    smooth,
    points,
  }: { readonly outputs: number; readonly smooth: boolean; readonly points: number },
): NeuronSamples {
  const factor = pivotedCholesky(inputGram);
  const dimensions = factor.length + outputs;
  const onGrid = smooth && dimensions <= MOST_GRID_DIMENSIONS;
  const normals = onGrid
    ? GRID_STEPS.map((step) => gridNormals(dimensions, step))
    : shiftedNormals(dimensions, points);
  return {
    kind: onGrid ? 'grids' : 'random',
    samples: normals.map(({ z, weights }) =>
      placed(z, weights, { factor, samples: inputGram.rows, outputs }),
    ),
  };
}

/** So many of the random ones are enough for the law of a neuron. */
const LAW_SHIFTS = 2;

/** Neurons that count alike, of two random sequences: for what a grid does not show, as the quantiles of one neuron. */
export function randomNeurons(inputGram: Matrix, outputs: number): readonly Neurons[] {
  const factor = pivotedCholesky(inputGram);
  return shiftedNormals(factor.length + outputs, MOST_POINTS, LAW_SHIFTS).map(({ z, weights }) =>
    placed(z, weights, { factor, samples: inputGram.rows, outputs }),
  );
}

interface Normals {
  /** [count, dimensions]. */
  readonly z: Float64Array;
  readonly weights: Float64Array;
}

function placed(
  z: Float64Array,
  weights: Float64Array,
  {
    factor,
    samples,
    outputs,
  }: { readonly factor: readonly Float64Array[]; readonly samples: number; readonly outputs: number },
): Neurons {
  const count = weights.length;
  const rank = factor.length;
  const dimensions = rank + outputs;
  const h = new Float64Array(count * samples);
  const v = new Float64Array(count * outputs);
  for (let neuron = 0; neuron < count; neuron++) {
    for (const [component, column] of factor.entries()) {
      const factorOf = z[neuron * dimensions + component];
      for (let i = 0; i < samples; i++) h[neuron * samples + i] += factorOf * column[i];
    }
    for (let o = 0; o < outputs; o++) v[neuron * outputs + o] = z[neuron * dimensions + rank + o];
  }
  return { count, weights, h, v };
}

function gridNormals(dimensions: number, step: number): Normals {
  const axis = Array.from({ length: Math.round((2 * REACH) / step) + 1 }, (_, at) => at * step - REACH);
  const total = axis.reduce((sum, node) => sum + Math.exp((-node * node) / 2), 0);
  const nodes: number[] = [];
  const weights: number[] = [];
  const extend = (point: readonly number[], weight: number): void => {
    if (weight < LEAST_WEIGHT) return;
    if (point.length < dimensions) {
      for (const node of axis) extend([...point, node], (weight * Math.exp((-node * node) / 2)) / total);
      return;
    }
    nodes.push(...point);
    weights.push(weight);
  };
  extend([], 1);
  return { z: Float64Array.from(nodes), weights: Float64Array.from(weights) };
}

/** Kronecker sequences of the powers of the root of x^{d+1} = x + 1, in pairs through the transform of Box & Muller. */
function shiftedNormals(dimensions: number, points: number, shifts: number = SHIFTS): readonly Normals[] {
  const uniforms = 2 * Math.ceil(dimensions / 2);
  const root = kroneckerRoot(uniforms);
  const steps: number[] = [];
  for (let power = 1 / root; steps.length < uniforms; power /= root) steps.push(power);
  const rng = rngFromSeed(0);
  const weights = new Float64Array(points).fill(1 / points);
  return Array.from({ length: shifts }, (): Normals => {
    const shift = steps.map(() => rng.next());
    const z = new Float64Array(points * dimensions);
    for (let point = 0; point < points; point++) {
      for (let at = 0; at < dimensions; at += 2) {
        const [first, second] = [at, at + 1].map((place) => (shift[place] + (point + 1) * steps[place]) % 1);
        const radius = Math.sqrt(-2 * Math.log(1 - first));
        z[point * dimensions + at] = radius * Math.cos(2 * Math.PI * second);
        if (at + 1 < dimensions) z[point * dimensions + at + 1] = radius * Math.sin(2 * Math.PI * second);
      }
    }
    return { z, weights };
  });
}

/** The root above 1 of x^{d+1} = x + 1, by Newton from above: fractional powers differ between versions of Node. */
function kroneckerRoot(d: number): number {
  let root = 2;
  for (let round = 0; round < 30 + 2 * d; round++) {
    let power = root;
    for (let factor = 0; factor < d; factor++) power *= root;
    root -= (power - root - 1) / (((d + 1) * power) / root - 1);
  }
  return root;
}
