import { EXPONENT_TOLERANCE } from './exponent.ts';
import type { OptimizerName } from './parametrization.ts';

export interface CalculusRequest {
  /** Of layers 1…L+1; ∞ for a weight that starts at 0. */
  readonly B: readonly number[];
  readonly C: readonly number[];
  readonly optimizer: OptimizerName;
  readonly phi0: boolean;
  /** ∞: until nothing changes. */
  readonly steps: number;
}

/** Exponents of sizes, e for Θ(n^−e); index l − 1 is layer l. */
export interface CalculusResult {
  /** Of hˡ at initialization. */
  readonly p0: readonly number[];
  readonly f0: number;
  /** Of Δhˡ. */
  readonly dh: readonly number[];
  readonly df: number;
}

/** What training has changed so far. */
interface Progress {
  /** Of the accumulated update's entries, per layer 1…L+1. */
  readonly update: number[];
  /** Of that update's effect on hˡ, per layer 1…L+1. */
  readonly effect: number[];
  readonly dh: number[];
  /** Of xˡ as it is now. */
  readonly features: number[];
  df: number;
}

/** A descent slower than this many updates is not one that any training shows. */
const ROUND_LIMIT = 1000;

/**
 * Sizes of everything a training step touches, as powers of the width, step after step until they no longer change.
 *
 * Sums become minima and products sums of exponents. A sum over n coordinates adds ½ to a random sign's exponent (−½)
 * and a full power (−1) where update and features align.
 *
 * @see docs/math.md#exponent-calculus
 */
export function exponentCalculus(request: CalculusRequest): CalculusResult {
  const { p0, features, f0 } = initialForward(request);
  const depth = p0.length;
  const still = (length: number) => Array.from({ length }, () => Number.POSITIVE_INFINITY);
  const progress: Progress = {
    update: still(depth + 1),
    effect: still(depth + 1),
    dh: still(depth),
    features,
    df: Number.POSITIVE_INFINITY,
  };

  const rounds = Math.min(request.steps, ROUND_LIMIT);
  for (let round = 0; round < rounds; round++) {
    const before = [...progress.update, ...progress.effect, ...progress.dh, progress.df];
    updateWeights(request, progress);
    changeForward(request, p0, progress);
    const after = [...progress.update, ...progress.effect, ...progress.dh, progress.df];
    const settled = after.every((exponent, index) => !(before[index] - exponent > EXPONENT_TOLERANCE));
    if (settled || Math.min(...progress.dh, progress.df) < -EXPONENT_TOLERANCE) break;
  }
  return { p0, f0, dh: progress.dh, df: progress.df };
}

function initialForward({ B, phi0 }: CalculusRequest): { p0: number[]; features: number[]; f0: number } {
  const depth = B.length - 1;
  const p0: number[] = [];
  const features: number[] = [];
  for (let l = 0; l < depth; l++) {
    p0.push(l === 0 ? B[0] : B[l] - 1 / 2 + features[l - 1]);
    features.push(activationExponent(p0[l], phi0));
  }
  return { p0, features, f0: B[depth] - 1 / 2 + features[depth - 1] };
}

/** φ(h) of a vanishing h vanishes with it, unless φ(0) ≠ 0. */
function activationExponent(preactivation: number, phi0: boolean): number {
  return phi0 ? Math.min(preactivation, 0) : preactivation;
}

/** Exponents of ∂f/∂hˡ, l = 1…L, at the current weights. */
function backward(B: readonly number[], update: readonly number[]): number[] {
  const depth = B.length - 1;
  const gradient = new Array<number>(depth);
  gradient[depth - 1] = Math.min(B[depth], update[depth]);
  for (let l = depth - 1; l >= 1; l--) {
    gradient[l - 1] = Math.min(B[l] - 1 / 2 + gradient[l], update[l] + gradient[l] - 1);
  }
  return gradient;
}

function updateWeights({ B, C, optimizer }: CalculusRequest, { update, effect, features }: Progress): void {
  for (const [l, gradient] of [...backward(B, update), 0].entries()) {
    const incoming = l === 0 ? 0 : features[l - 1];
    const fresh = optimizer === 'sgd' ? C[l] + gradient + incoming : C[l];
    update[l] = Math.min(update[l], fresh);
    effect[l] = Math.min(effect[l], fresh + incoming - (l === 0 ? 0 : 1));
  }
}

function changeForward({ B, phi0 }: CalculusRequest, p0: readonly number[], progress: Progress): void {
  const { update, effect, dh, features } = progress;
  const depth = dh.length;
  for (let l = 0; l < depth; l++) {
    const propagated = l === 0 ? Number.POSITIVE_INFINITY : B[l] - 1 / 2 + dh[l - 1];
    dh[l] = Math.min(dh[l], effect[l], propagated);
    features[l] = activationExponent(Math.min(p0[l], dh[l]), phi0);
  }
  progress.df = Math.min(progress.df, update[depth] + features[depth - 1] - 1, B[depth] + dh[depth - 1] - 1);
}
