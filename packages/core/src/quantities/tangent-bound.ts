import { type Linalg, PLAIN_LINALG } from '../linalg/linalg.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { errorFactor, type LossSpec } from '../model/loss.ts';
import { lossOfError } from './gradient-loss-bound.ts';

/** What the gradient of all layers says of the loss at one step. */
export interface TangentBound {
  /** Of K_η, its floor taken off: a lower bound, 0 where it is below the floor. */
  readonly lambdaMin: number;
  /** ‖∇‖_η/(s·√λ_min(K_η)), which bounds ‖χ‖_F; null where λ_min is below its floor. */
  readonly errorBound: number | null;
  /** What that bounds 𝓛 by: its infimum is 0 here, as every target can be met; null of cross-entropy where the error may be too large. */
  readonly gap: number | null;
}

export interface TangentRequest {
  /** K_η = Σ_l η_l J_l J_lᵀ, as `tangentKernel` makes it: [samples · outputDim, samples · outputDim]. */
  readonly kernel: Matrix;
  /** Σ_l η_l ‖∂𝓛/∂W^l‖²_F. */
  readonly weightedGradient: number;
  readonly loss: LossSpec;
  readonly samples: number;
  readonly linalg?: Linalg;
}

/**
 * The gradient of all layers, each weighed by its learning rate, bounds the error:
 *
 *     ∇_θ 𝓛 = s·Jᵀχ        ‖χ‖_F ≤ ‖∇‖_η / (s·√λ_min(K_η))        𝓛 ≤ s/(2κ) · (that)²
 *
 * It needs no independent features of the last layer: K_η is a sum over layers, and any of them may make it definite.
 *
 * @see docs/math.md#gradient-loss-bound
 */
export function tangentBound({
  kernel,
  weightedGradient,
  loss,
  samples,
  linalg = PLAIN_LINALG,
}: TangentRequest): TangentBound {
  const eigenvalues = linalg.eigvalsh(kernel);
  const floor = 4 * kernel.rows * Number.EPSILON * (eigenvalues[0] ?? 0);
  const lambdaMin = Math.max(0, (eigenvalues.at(-1) ?? 0) - floor);
  // Below twice the floor the digits that are left are those of rounding; false for NaN.
  if (!(lambdaMin > floor)) return { lambdaMin: 0, errorBound: null, gap: null };
  const scale = errorFactor(loss, samples) / errorFactor(loss, 1);
  const errorBound = Math.sqrt(weightedGradient / lambdaMin) / scale;
  return {
    lambdaMin,
    errorBound,
    gap: lossOfError(errorBound, loss, { samples, outputs: kernel.rows / samples }),
  };
}
