import { gemm } from '../linalg/gemm.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { frobeniusNorm } from '../linalg/norms.ts';
import { singularValues } from '../linalg/singular-values.ts';

/**
 * What the readout's gradient says of the loss: it bounds the loss gap by less than the tolerance (`holds`), not yet
 * (`not-stationary`), only up to what features of rank r < P cannot fit (`rank-deficient`), or σ is below its numerical
 * floor (`undecidable`).
 */
export type BoundState = 'undecidable' | 'rank-deficient' | 'not-stationary' | 'holds';

/** The gradient–loss bound at one step. */
export interface GradientLossBound {
  readonly state: BoundState;
  /** Upper bound of 𝓛 − min over the readout of 𝓛; null where nothing can be said. */
  readonly gap: number | null;
  /** ‖χΠ‖_F σ / (P ‖∇‖_F) in (0, 1]; null where χΠ or σ is 0. */
  readonly tightness: number | null;
  /** The smallest singular value of the features: σ_P, or 0 with more samples than units. */
  readonly sigmaMin: number;
  /** Below it σ_min is rounding. */
  readonly floor: number;
  readonly rank: number;
  /** ‖χ‖_F. */
  readonly error: number;
  /** P‖∇_W 𝓛‖_F/σ_r, which bounds the part of χ that features reach; null where undecidable. */
  readonly errorBound: number | null;
  /** The loss that no readout of these features avoids, ‖χ(I − Π)‖²_F/(2P): 0 where they are independent; null where undecidable. */
  readonly lossFloor: number | null;
}

export interface BoundRequest {
  /** X, one sample a row: [samples, width]. */
  readonly features: Matrix;
  /** f − y: [samples, outputDim]. */
  readonly residuals: Matrix;
  /** ε: a gap up to it holds. */
  readonly tolerance: number;
}

/** An absolute error of the singular values, whose route forms no Gram. */
const FLOOR_FACTOR = 4 * Number.EPSILON;

/**
 * Wherever a linear readout without bias stops moving, its error is 0 on the span of the features:
 *
 *     ∇_W 𝓛 = χXᵀ/P        ‖χΠ‖_F ≤ P‖∇_W 𝓛‖_F / σ_r        𝓛 − min 𝓛 ≤ P‖∇_W 𝓛‖²_F / (2σ_r²)
 *
 * for 𝓛 = ½‖f − y‖² averaged over samples, with Π the projector on the rows that features reach and r their rank. It is
 * an algebraic fact of the given features and residuals at one step, whatever trained them; the loss is known, so it says
 * which of gradient and conditioning keeps the loss up, and certifies nothing.
 *
 * @see docs/math.md#gradient-loss-bound
 */
export function gradientLossBound({ features, residuals, tolerance }: BoundRequest): GradientLossBound {
  const samples = features.rows;
  if (residuals.rows !== samples) {
    throw new RangeError(
      `gradientLossBound: expected residuals of ${samples} samples, got ${residuals.rows}`,
    );
  }
  const sigmas = singularValues(features);
  const largest = sigmas[0] ?? 0;
  const floor = FLOOR_FACTOR * Math.max(features.rows, features.cols) * largest;
  const rank = sigmas.filter((sigma) => sigma > 2 * floor).length;
  const error = frobeniusNorm(residuals);
  const shared = { sigmaMin: samples > features.cols ? 0 : (sigmas[samples - 1] ?? 0), floor, rank, error };
  if (!Number.isFinite(largest) || !Number.isFinite(error)) {
    return { ...shared, state: 'undecidable', gap: null, tightness: null, errorBound: null, lossFloor: null };
  }
  const ranks = { numerical: rank, allowed: allowedRank(features), samples };
  const { reached, gap, errorBound } = reachOf({
    features,
    residuals,
    sigma: rank === 0 ? 0 : sigmas[rank - 1] - floor,
    rank,
  });
  const state = stateOf(gap, tolerance, ranks);
  const unreached = rank === samples ? 0 : Math.max(0, error * error - reached * reached);
  return {
    ...shared,
    state,
    gap: state === 'undecidable' ? null : gap,
    tightness: reached > 0 && errorBound > 0 ? Math.min(1, reached / errorBound) : null,
    errorBound: state === 'undecidable' ? null : errorBound,
    lossFloor: state === 'undecidable' ? null : unreached / (2 * samples),
  };
}

/** The part of the error that features of this rank reach, and what the gradient bounds it by. */
function reachOf({
  features,
  residuals,
  sigma,
  rank,
}: Pick<BoundRequest, 'features' | 'residuals'> & { readonly sigma: number; readonly rank: number }): {
  readonly reached: number;
  readonly gap: number;
  readonly errorBound: number;
} {
  if (rank === 0) return { reached: 0, gap: 0, errorBound: 0 };
  const samples = features.rows;
  const gradient = frobeniusNorm(readoutGradient(residuals, features));
  const errorBound = (samples * gradient) / sigma;
  return {
    reached: rank === samples ? frobeniusNorm(residuals) : reachedError(features, residuals, rank),
    errorBound,
    gap: (errorBound * errorBound) / (2 * samples),
  };
}

interface Ranks {
  /** Singular values well above their floor. */
  readonly numerical: number;
  /** What the rows allow: distinct ones up to sign, no more than units. */
  readonly allowed: number;
  readonly samples: number;
}

/** Deficient only where rows say so: a σ below its floor may be 0 or not. */
function stateOf(gap: number, tolerance: number, { numerical, allowed, samples }: Ranks): BoundState {
  if (numerical < allowed) return 'undecidable';
  if (numerical < samples) return 'rank-deficient';
  return gap <= tolerance ? 'holds' : 'not-stationary';
}

/** The most that the rank of X can be, as its rows stand: equal and opposite ones count once, zeros not at all. */
function allowedRank({ rows, cols, data }: Matrix): number {
  const distinct = new Set<string>();
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    const first = row.find((entry) => entry !== 0);
    // Adding 0 turns −0 into 0.
    if (first !== undefined) distinct.add(row.map((entry) => (first < 0 ? -entry : entry) + 0).join());
  }
  return Math.min(distinct.size, cols);
}

/** ∇_W 𝓛 = χXᵀ/P, shape [outputDim, width]. */
function readoutGradient(residuals: Matrix, features: Matrix): Matrix {
  const out = matrix(residuals.cols, features.cols);
  return gemm(out, { a: residuals, b: features, transposeA: true, scale: 1 / features.rows });
}

/**
 * ‖χΠ‖_F, from the readout gradient in the smaller space: Π projects on the leading r left singular vectors, so that
 * ‖χΠ‖²_F = ‖χ‖²_F − the least squares residual of χ on the features.
 */
function reachedError(features: Matrix, residuals: Matrix, rank: number): number {
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

/** An orthonormal basis of the span of the features over samples: pivoted Gram–Schmidt, twice for orthogonality. */
function leadingBasis(features: Matrix, rank: number): readonly Float64Array[] {
  const columns = Array.from({ length: features.cols }, (_, unit) =>
    Float64Array.from({ length: features.rows }, (_, sample) => features.data[sample * features.cols + unit]),
  );
  const basis: Float64Array[] = [];
  while (basis.length < rank) {
    const longest = columns.reduce((best, next) => (squared(next) > squared(best) ? next : best));
    const direction = longest.slice();
    for (const known of [...basis, ...basis]) removeFrom(direction, known);
    const length = Math.sqrt(squared(direction));
    if (length === 0) break;
    basis.push(direction.map((entry) => entry / length));
    for (const column of columns) removeFrom(column, basis[basis.length - 1]);
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
