import { EXPONENT_TOLERANCE } from '../calculus/exponent.ts';
import { eigvalsh } from '../linalg/eigvalsh.ts';
import type { Matrix } from '../linalg/matrix.ts';
import type { ActivationName } from '../model/net-spec.ts';
import { type AbcExponents, type LayerRole, roleOfLayer } from '../parametrization/parametrization.ts';
import { activationKernel } from './activation-kernel.ts';
import { inputKernel, nextKernel } from './kernel-recursion.ts';

export interface LimitRequest {
  readonly exponents: Readonly<Record<LayerRole, AbcExponents>>;
  /** σ, the factor on every initial standard deviation. */
  readonly initStd: number;
  readonly activation: ActivationName;
  /** L. */
  readonly depth: number;
  /** ξ, one sample a row: [samples, inputDim]. */
  readonly probeInputs: Matrix;
}

/** B at which preactivations keep their size as width grows. */
const STABLE_INIT: Readonly<Record<'input' | 'hidden', number>> = { input: 0, hidden: 1 / 2 };

/**
 * λ_min of each hidden layer's feature Gram at initialization, in the limit of infinite width: what a measured λ_min is
 * compared with.
 *
 *     B = 0 (input), ½ (hidden):  λ_min(Φˡ)        larger B: 0        smaller B: no limit
 *
 * @returns one entry a hidden layer, layer 1 first; null where there is no limit, or where λ_min is too small for float64
 *   to tell from 0 (64 · samples · 2.2e-16 · λ_max), or the kernel has no value that can be trusted
 * @see docs/math.md#infinite-width-kernel
 */
export function limitLambdaMin(request: LimitRequest): readonly (number | null)[] {
  const { exponents, initStd, depth, probeInputs } = request;
  const expectation = activationKernel(request.activation);
  let kernel: Matrix | null = inputKernel(probeInputs);
  let vanished = false;
  return Array.from({ length: depth }, (_, index) => {
    const scale = scaleInLimit(exponents, index + 1, depth);
    if (scale === 'grows') kernel = null;
    if (kernel === null) return null;
    vanished ||= scale === 'vanishes';
    kernel = nextKernel(expectation, kernel, scale === 'vanishes' ? 0 : initStd * initStd);
    // Samples that meet in one point stay there: beyond a single sample, rank 1 at most.
    return vanished && probeInputs.rows > 1 ? 0 : decidableLambdaMin(kernel);
  });
}

/** What becomes of layer l's preactivations, those before being Θ(1), as width grows. */
function scaleInLimit(
  exponents: LimitRequest['exponents'],
  layer: number,
  depth: number,
): 'stays' | 'vanishes' | 'grows' {
  const role = roleOfLayer(layer, depth) === 'input' ? 'input' : 'hidden';
  const { a, b } = exponents[role];
  if (b === 'zero') return 'vanishes';
  const excess = a + b - STABLE_INIT[role];
  if (Math.abs(excess) <= EXPONENT_TOLERANCE) return 'stays';
  return excess > 0 ? 'vanishes' : 'grows';
}

/** Null for a kernel with NaN entries too. That of a single sample is its own eigenvalue, 0 included. */
function decidableLambdaMin(kernel: Matrix): number | null {
  const eigenvalues = eigvalsh(kernel);
  const [highest, lowest] = [eigenvalues[0], eigenvalues[kernel.rows - 1]];
  if (kernel.rows === 1 && lowest === 0) return 0;
  return lowest > 64 * kernel.rows * Number.EPSILON * highest ? lowest : null;
}
