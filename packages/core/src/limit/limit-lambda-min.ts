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

/** One entry a hidden layer, layer 1 first; null where there is no limit, or none that float64 can tell from 0. */
export interface LayerLimits {
  /** Of the Gram of hˡ. */
  readonly preactivation: readonly (number | null)[];
  /** Of the Gram of xˡ. */
  readonly activation: readonly (number | null)[];
  /** All eigenvalues of the Gram of xˡ, descending; null where there is no limit, and where samples meet in one point. */
  readonly spectra: readonly (readonly number[] | null)[];
}

/**
 * λ_min of each hidden layer's Grams at initialization, in the limit of infinite width: what a measured λ_min is compared
 * with.
 *
 *     B = 0 (input), ½ (hidden):  λ_min(σ²Φˡ⁻¹), λ_min(Φˡ)        larger B: 0        smaller B: no limit
 *
 * A λ_min below 64 · samples · 2.2e-16 · λ_max is too small to tell from 0. That of h¹ is one of the inputs: 0 of more
 * samples than dimensions.
 *
 * @see docs/math.md#infinite-width-kernel
 */
export function layerLimits(request: LimitRequest): LayerLimits {
  const { exponents, initStd, depth, probeInputs } = request;
  const expectation = activationKernel(request.activation);
  let kernel: Matrix | null = inputKernel(probeInputs);
  let eigenvalues = eigvalsh(kernel);
  let vanished = false;
  const layers = Array.from({ length: depth }, (_, index) => {
    const scale = scaleInLimit(exponents, index + 1, depth);
    if (scale === 'grows') kernel = null;
    if (kernel === null) return { preactivation: null, activation: null, spectrum: null };
    vanished ||= scale === 'vanishes';
    const gain = scale === 'vanishes' ? 0 : initStd * initStd;
    const before = eigenvalues;
    kernel = nextKernel(expectation, kernel, gain);
    // Samples that meet in one point stay there: beyond a single sample, rank 1 at most.
    if (vanished && probeInputs.rows > 1) return { preactivation: 0, activation: 0, spectrum: null };
    eigenvalues = eigvalsh(kernel);
    const least = decidableLambdaMin(before);
    return {
      preactivation: least === null ? null : gain * least,
      activation: decidableLambdaMin(eigenvalues),
      spectrum: spectrumOf(eigenvalues),
    };
  });
  return {
    preactivation: layers.map(({ preactivation }) => preactivation),
    activation: layers.map(({ activation }) => activation),
    spectra: layers.map(({ spectrum }) => spectrum),
  };
}

/** {@link layerLimits} of xˡ. */
export function limitLambdaMin(request: LimitRequest): readonly (number | null)[] {
  return layerLimits(request).activation;
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

/** The least of a kernel's eigenvalues, descending; null where float64 cannot tell it from 0, and for a kernel with NaN entries. That of a single sample is its own eigenvalue, 0 included. */
export function decidableLambdaMin(eigenvalues: Float64Array): number | null {
  const samples = eigenvalues.length;
  const [highest, lowest] = [eigenvalues[0], eigenvalues[samples - 1]];
  if (samples === 1 && lowest === 0) return 0;
  return lowest > 64 * samples * Number.EPSILON * highest ? lowest : null;
}

/** Null for a kernel with NaN entries; what rounding makes negative is 0. */
function spectrumOf(eigenvalues: Float64Array): readonly number[] | null {
  return eigenvalues.every(Number.isFinite) ? [...eigenvalues].map((lambda) => Math.max(0, lambda)) : null;
}
