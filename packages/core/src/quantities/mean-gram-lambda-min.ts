import { eigvalsh } from '../linalg/eigvalsh.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { type PackedGram, unpackedGram } from '../linalg/packed-gram.ts';
import { type HalvedParts, halvedParts } from '../statistics/disjoint-halves.ts';
import { sum, type Unmeasured, type WidthMeans } from '../statistics/width-means.ts';

/** The Gram of one seed at one width. */
export interface MeasuredGram {
  readonly width: number;
  readonly gram: PackedGram;
}

/** A λ_min below this multiple of the largest eigenvalue is rounding noise; the Gram's own floor, 4 max(n, P) ε. */
const FLOOR_FACTOR = 4 * Number.EPSILON;
/** Halves tell a variance from so many seeds. */
const FEWEST_SEEDS = 3;

interface WidthLambda {
  readonly width: number;
  readonly seeds: number;
  readonly theta: number;
  /** Of θ, by halves. */
  readonly variance: number;
  readonly belowFloor: boolean;
  /** Σ_j λ_P λ_j / (λ_j − λ_P)². */
  readonly closeness: number;
}

/** {@link WidthMeans} of log λ_min, and which widths have only a bound. */
export interface LambdaMeans extends WidthMeans {
  /** Widths at which λ_min is below its floor: the mean there is the logarithm of the floor. Ascending. */
  readonly bounded: readonly number[];
  /**
   * How far the least eigenvector is mixed with the others at the narrowest width, the squared tangent to first order:
   *
   *     Σ_j σ̂²/2 · λ_P λ_j / (λ_j − λ_P)² / (n S)        λ of the mean Gram at the widest width
   *
   * An entry of a Gram of Gaussian features in the eigenbasis scatters by λ_P λ_j/n, and log λ_P by 2/n. ∞ where a width is bounded.
   */
  readonly mixing: number;
}

/**
 * log λ_min of the Gram averaged over the seeds of each width.
 *
 *     θ_w = log λ_min(Ḡ_w)        v_w = ⌊S/2⌋/S · mean of ½(θ_A − θ_B)²        σ̂² = Σ_w n_w S_w v_w (S_w − 1) / Σ_w (S_w − 1)
 *
 * over pairs of disjoint halves A, B of the seeds. Eigenvalues that meet repel each other: a mean over half the seeds feels
 * that as one over all does, where leaving out a single seed takes it for noise.
 *
 * λ_min is concave, so the mean of λ_min over seeds lies below λ_min of the mean Gram, and how far depends on P/n.
 *
 * @param of `relative` divides λ_min by the mean eigenvalue: whether features become dependent, however small they are
 * @param partsOf {@link halvedParts}; who asks often keeps what it gives
 * @returns a reason with fewer than 2 widths, fewer than 3 seeds at a width, or λ_min below its floor everywhere
 * @see docs/math.md#slopes-and-verdicts
 */
export function lambdaMeans(
  grams: readonly MeasuredGram[],
  of: 'absolute' | 'relative' = 'absolute',
  partsOf: (seeds: number) => HalvedParts = halvedParts,
): LambdaMeans | Unmeasured {
  const byWidth = new Map<number, MeasuredGram[]>();
  for (const each of grams) byWidth.set(each.width, [...(byWidth.get(each.width) ?? []), each]);
  if (byWidth.size < 2)
    return { reason: byWidth.size === 0 ? 'no run has a value' : 'all points are of one width' };
  const few = [...byWidth].find(([, each]) => each.length < FEWEST_SEEDS);
  if (few !== undefined) return { reason: `width ${few[0]} has fewer than ${FEWEST_SEEDS} seeds` };
  const widths = [...byWidth]
    .sort(([left], [right]) => left - right)
    .map(([width, each]) => lambdaAt(width, each, { of, halved: partsOf(each.length) }));
  if (widths.every(({ belowFloor }) => belowFloor))
    return { reason: 'λ_min is below its numerical floor at every width' };
  const known = widths.filter(({ belowFloor }) => !belowFloor);
  const degrees = sum(known.map(({ seeds }) => seeds - 1));
  const variance =
    sum(known.map(({ width, seeds, variance }) => width * seeds * variance * (seeds - 1))) / degrees;
  const at = widths.map(({ width, seeds, theta }) => ({ width, mean: theta, information: width * seeds }));
  const bounded = widths.flatMap(({ width, belowFloor }) => (belowFloor ? [width] : []));
  const fewest = Math.min(...at.map(({ information }) => information));
  const { closeness } = widths[widths.length - 1];
  return {
    at,
    variance,
    degrees,
    bounded,
    mixing: bounded.length > 0 ? Number.POSITIVE_INFINITY : ((variance / 2) * closeness) / fewest,
  };
}

function lambdaAt(
  width: number,
  grams: readonly MeasuredGram[],
  { of, halved }: { readonly of: 'absolute' | 'relative'; readonly halved: HalvedParts },
): WidthLambda {
  const seeds = grams.length;
  const spectrumOf = (part: readonly number[]): Float64Array => eigvalsh(meanGram(grams, part));
  const thetas = halved.parts.map((part) => lowest(spectrumOf(part), width, of).theta);
  const size = Math.floor(seeds / 2);
  const squares = halved.pairs.map(([left, right]) => {
    const difference = thetas[left] - thetas[right];
    return difference * difference;
  });
  const whole = spectrumOf(grams.map((_, seed) => seed));
  return {
    width,
    seeds,
    ...lowest(whole, width, of),
    closeness: closenessOf(whole),
    variance: (size / seeds) * (sum(squares) / squares.length / 2),
  };
}

/** Of the seeds at these places, added up in their order. */
function meanGram(grams: readonly MeasuredGram[], seeds: readonly number[]): Matrix {
  const total = new Float64Array(grams[seeds[0]].gram.length);
  for (const seed of seeds) {
    const { gram } = grams[seed];
    for (let at = 0; at < total.length; at++) total[at] += gram[at];
  }
  for (let at = 0; at < total.length; at++) total[at] /= seeds.length;
  return unpackedGram(total);
}

/** θ, and whether it is that of a bound. */
function lowest(
  eigenvalues: Float64Array,
  width: number,
  of: 'absolute' | 'relative',
): Pick<WidthLambda, 'theta' | 'belowFloor'> {
  const rows = eigenvalues.length;
  // A zero Gram has no floor of its own: the smallest number bounds it.
  const floor = FLOOR_FACTOR * Math.max(width, rows) * eigenvalues[0] || Number.MIN_VALUE;
  const unit = of === 'relative' ? sum([...eigenvalues]) / rows || 1 : 1;
  const value = eigenvalues[rows - 1];
  return { theta: Math.log(Math.max(value / unit, floor / unit)), belowFloor: value / unit < floor / unit };
}

function closenessOf(eigenvalues: Float64Array): number {
  const least = eigenvalues[eigenvalues.length - 1];
  return sum(
    [...eigenvalues.subarray(0, -1)].map((other) => (least * other) / ((other - least) * (other - least))),
  );
}
