import { gemm } from '../linalg/gemm.ts';
import { type Linalg, PLAIN_LINALG } from '../linalg/linalg.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { frobeniusNorm } from '../linalg/norms.ts';
import { errorFactor, type LossSpec } from '../model/loss.ts';

/** What the features say of the loss: independent over samples, of a rank r < P that rows force, or of a σ below its floor. */
export type FeatureRank = 'undecidable' | 'rank-deficient' | 'independent';

/** In the order in which they are asked for; `holds` and `not-stationary` of independent features, by the tolerance. */
export type BoundState = 'undecidable' | 'rank-deficient' | 'not-stationary' | 'holds';

/** The gradient–loss bound at one step. */
export interface GradientLossBound {
  readonly features: FeatureRank;
  /** Upper bound of 𝓛 − inf over the readout of 𝓛; null where nothing can be said. */
  readonly gap: number | null;
  /** ‖χΠ‖_F / its bound, in (0, 1]; null where χΠ or σ is 0. */
  readonly tightness: number | null;
  /** The smallest singular value of the features: σ_P, or 0 with more samples than units. */
  readonly sigmaMin: number;
  /** Below it σ_min is rounding. */
  readonly floor: number;
  readonly rank: number;
  /** ‖χ‖_F. */
  readonly error: number;
  /** ‖∇_W 𝓛‖_F/(s·σ_r), which bounds the part of χ that features reach; null where undecidable. */
  readonly errorBound: number | null;
  /** The loss that no readout of these features avoids: 0 where they are independent; null where undecidable, or not known of cross-entropy. */
  readonly lossFloor: number | null;
}

export interface BoundRequest {
  /** X, one sample a row: [samples, width]. */
  readonly features: Matrix;
  /** f − y: [samples, outputDim]. */
  readonly residuals: Matrix;
  readonly loss: LossSpec;
  readonly linalg?: Linalg;
}

/** The state of a bound: whether it keeps the loss gap within ε. */
export function boundState(
  { features, gap }: Pick<GradientLossBound, 'features' | 'gap'>,
  tolerance: number,
): BoundState {
  if (features !== 'independent') return features;
  return gap !== null && gap <= tolerance ? 'holds' : 'not-stationary';
}

/** An absolute error of the singular values, whose route forms no Gram. */
const FLOOR_FACTOR = 4 * Number.EPSILON;

/**
 * Wherever a linear readout without bias stops moving, its error is 0 on the span of the features:
 *
 *     ∇_W 𝓛 = s·χXᵀ        ‖χΠ‖_F ≤ ‖∇_W 𝓛‖_F / (s·σ_r)        𝓛 − min 𝓛 ≤ ‖∇_W 𝓛‖²_F / (2κ·s·σ_r²)
 *
 * for 𝓛 = s/(2κ)·‖χ‖²_F with χ = κ(f − y): s = 1/P of a mean over samples and 1 of a sum, κ = 1 of half the square and 2
 * of the square. Π projects on the rows that features reach, r is their rank. It is an algebraic fact of the given features
 * and residuals at one step, whatever trained them; the loss is known, so it says which of gradient and conditioning keeps
 * the loss up, and certifies nothing.
 *
 * @see docs/math.md#gradient-loss-bound
 */
export function gradientLossBound({
  features,
  residuals,
  loss,
  linalg = PLAIN_LINALG,
}: BoundRequest): GradientLossBound {
  const samples = features.rows;
  if (residuals.rows !== samples) {
    throw new RangeError(
      `gradientLossBound: expected residuals of ${samples} samples, got ${residuals.rows}`,
    );
  }
  const sigmas = linalg.singularValues(features);
  const largest = sigmas[0] ?? 0;
  const floor = FLOOR_FACTOR * Math.max(features.rows, features.cols) * largest;
  const rank = sigmas.filter((sigma) => sigma > 2 * floor).length;
  const kappa = errorFactor(loss, 1);
  const error = kappa * frobeniusNorm(residuals);
  const shared = { sigmaMin: samples > features.cols ? 0 : (sigmas[samples - 1] ?? 0), floor, rank, error };
  const known = Number.isFinite(largest) && Number.isFinite(error);
  const kind = known ? featureRank(features, rank) : 'undecidable';
  if (kind === 'undecidable') {
    return { ...shared, features: kind, gap: null, tightness: null, errorBound: null, lossFloor: null };
  }
  const sigma = rank === 0 ? 0 : sigmas[rank - 1] - floor;
  const reached = kappa * reachedError({ features, residuals, rank });
  const errorBound = rank === 0 ? 0 : (kappa * frobeniusNorm(readoutProduct(residuals, features))) / sigma;
  const shape = { samples, outputs: residuals.cols };
  return {
    ...shared,
    features: kind,
    ...(rank === samples
      ? { gap: lossOfError(errorBound, loss, shape), lossFloor: 0 }
      : deficientLoss(
          { errorBound, missed: Math.sqrt(Math.max(0, error * error - reached * reached)) },
          loss,
          shape,
        )),
    tightness: reached > 0 && errorBound > 0 ? Math.min(1, reached / errorBound) : null,
    errorBound,
  };
}

/** Where features do not reach all of the error: a square loss is that of what they reach and of what they miss. */
function deficientLoss(
  { errorBound, missed }: { readonly errorBound: number; readonly missed: number },
  loss: LossSpec,
  shape: ErrorShape,
): Pick<GradientLossBound, 'gap' | 'lossFloor'> {
  if (loss.kind === 'cross-entropy') return { gap: null, lossFloor: null };
  return { gap: lossOfError(errorBound, loss, shape), lossFloor: lossOfError(missed, loss, shape) };
}

/** How many numbers an error signal has. */
interface ErrorShape {
  readonly samples: number;
  readonly outputs: number;
}

/**
 * What an error signal of size e = ‖χ‖_F leaves of the loss: 𝓛 itself of the square ones, and a bound of cross-entropy with
 * hard labels, whose infimum is 0.
 *
 *     𝓛 = s/(2κ)·e²        𝓛 ≤ s·√P·R/(1 − R),   R = √((k − 1)/k)·e < 1
 *
 * since 1 − p_y ≤ √((k − 1)/k)·‖χ_i‖ and −log p ≤ (1 − p)/p.
 *
 * @returns null where R ≥ 1: then the error says nothing of cross-entropy
 */
export function lossOfError(error: number, loss: LossSpec, { samples, outputs }: ErrorShape): number | null {
  if (loss.kind === 'cross-entropy') {
    const missed = Math.sqrt((outputs - 1) / outputs) * error;
    return missed < 1 ? (errorFactor(loss, samples) * Math.sqrt(samples) * missed) / (1 - missed) : null;
  }
  const kappa = errorFactor(loss, 1);
  return (errorFactor(loss, samples) / kappa) * ((error * error) / (2 * kappa));
}

/** Deficient only where rows say so: a σ below its floor may be 0 or not. */
function featureRank(features: Matrix, rank: number): FeatureRank {
  if (rank === features.rows) return 'independent';
  if (rank === features.cols) return 'rank-deficient';
  return rank < allowedRank(features) ? 'undecidable' : 'rank-deficient';
}

/** Rows are one up to their sign where no entry is further apart than this share of their length: rounding of what made them. */
const SAME_ROW = 1e-12;

/** The most that the rank of X can be, as its rows stand: equal and opposite ones count once, zeros not at all. */
function allowedRank({ rows, cols, data }: Matrix): number {
  const found = Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols))
    .map((row) => ({ row, length: Math.sqrt(squared(row)) }))
    .filter(({ length }) => length > 0)
    .sort((left, right) => left.length - right.length);
  const distinct = found.filter((each, at) => {
    for (let before = at - 1; before >= 0; before--) {
      const other = found[before];
      if (each.length - other.length > cols * SAME_ROW * each.length) return true;
      if (isSameRow(each, other.row)) return false;
    }
    return true;
  });
  return Math.min(distinct.length, cols);
}

function isSameRow(
  { row, length }: { readonly row: Float64Array; readonly length: number },
  other: Float64Array,
): boolean {
  const near = SAME_ROW * length;
  return (
    row.every((entry, at) => Math.abs(entry - other[at]) <= near) ||
    row.every((entry, at) => Math.abs(entry + other[at]) <= near)
  );
}

/** (f − y)Xᵀ, shape [outputDim, width]. */
function readoutProduct(residuals: Matrix, features: Matrix): Matrix {
  const out = matrix(residuals.cols, features.cols);
  return gemm(out, { a: residuals, b: features, transposeA: true });
}

/** ‖(f − y)Π‖_F: Π projects on the leading r left singular vectors. */
function reachedError({
  features,
  residuals,
  rank,
}: Pick<BoundRequest, 'features' | 'residuals'> & { readonly rank: number }): number {
  if (rank === features.rows) return frobeniusNorm(residuals);
  const basis = leadingBasis(features, rank);
  let squares = 0;
  for (const direction of basis) {
    for (let k = 0; k < residuals.cols; k++) {
      let dot = 0;
      for (let i = 0; i < residuals.rows; i++) dot += direction[i] * residuals.data[i * residuals.cols + k];
      squares += dot * dot;
    }
  }
  return Math.sqrt(squares);
}

/** An orthonormal basis of the span of the features over samples: pivoted Gram–Schmidt, each direction twice: as others are found, and once more. */
function leadingBasis(features: Matrix, rank: number): readonly Float64Array[] {
  const left = Array.from({ length: features.cols }, (_, unit) =>
    Float64Array.from({ length: features.rows }, (_, sample) => features.data[sample * features.cols + unit]),
  );
  const squares = left.map(squared);
  const basis: Float64Array[] = [];
  while (basis.length < rank) {
    const longest = squares.indexOf(Math.max(...squares));
    const [direction] = left.splice(longest, 1);
    squares.splice(longest, 1);
    for (const known of basis) removeFrom(direction, known);
    const length = Math.sqrt(squared(direction));
    if (length === 0) break;
    const unit = direction.map((entry) => entry / length);
    basis.push(unit);
    for (const [at, column] of left.entries()) {
      removeFrom(column, unit);
      squares[at] = squared(column);
    }
  }
  return basis;
}

function removeFrom(vector: Float64Array, unit: Float64Array): void {
  let dot = 0;
  for (let i = 0; i < vector.length; i++) dot += vector[i] * unit[i];
  for (let i = 0; i < vector.length; i++) vector[i] -= dot * unit[i];
}

function squared(vector: Float64Array): number {
  let sum = 0;
  for (const entry of vector) sum += entry * entry;
  return sum;
}
