import { EXPONENT_TOLERANCE, type InitExponent, sameExponent } from '../calculus/exponent.ts';
import type { Regime } from '../calculus/regime.ts';
import { chainGrowth } from './chain.ts';
import type { OptimizerName } from './parametrization.ts';

export interface ClassifyRequest {
  /** B of layers 1…L+1: the effective initial standard deviation is n^−B. Null is unknown. */
  readonly B: readonly (InitExponent | null)[];
  /** C of layers 1…L+1: the effective learning rate is η·n^−C. Null is unknown. */
  readonly C: readonly (number | null)[];
  readonly optimizer: OptimizerName;
  /** Whether φ(0) ≠ 0, as for the sigmoid: then features cannot vanish. Default false. */
  readonly phi0?: boolean;
  /** Foretells an experiment of so many updates; without it, of as many as change anything. */
  readonly steps?: number;
}

/** Exponents of what happens as width grows: e means Θ(n^−e), ∞ means exactly 0, null unknown. */
export interface Classification {
  readonly regime: Regime;
  /** Some layer's preactivations vanish with width at initialization. */
  readonly vanishingInit: boolean;
  /** Of the output at initialization. */
  readonly f0: number | null;
  /** Of the change of the output. */
  readonly df: number | null;
  /** Of Δhˡ, layer 1 first. */
  readonly features: readonly (number | null)[];
  /** Of Δhˡ relative to hˡ at initialization. */
  readonly relative: readonly (number | null)[];
  /** Of each layer's own contribution to Δhˡ; null unless the initialization is stable in the sense of Yang & Hu. */
  readonly r: readonly number[] | null;
  /** The layers (1-based) with r > 0: their own weights stop mattering to the features. Empty where r is null. */
  readonly frozen: readonly number[];
}

/**
 * The regime of a parametrization as width grows, under the assumption that updates align with the features they meet.
 *
 *     unstable           something grows with width
 *     trivial            the output does not move
 *     feature-learning   the output moves, and some layer's features with it
 *     kernel             the output moves, the features do not
 *
 * @throws RangeError unless B and C have the same length, at least 2, and are not NaN or −∞, and steps ≥ 0
 * @see Yang & Hu 2021, dynamical dichotomy; docs/math.md#exponent-calculus for initializations outside their theorem
 */
export function classify(request: ClassifyRequest): Classification {
  requireExponents(request);
  const { B, C, optimizer } = request;
  if (!allKnown(B) || !allKnown(C)) return unknown(request.B.length - 1);

  const { phi0 = false, steps } = request;
  const { regime, p0, f0, dh, df } = chainGrowth({
    B,
    C,
    optimizer,
    phi0,
    ...(steps === undefined ? {} : { steps }),
  });
  const r = stableAtInit(B) ? ownContributions(B, C, optimizer) : null;
  return {
    regime,
    vanishingInit: p0.some(isPositive),
    f0,
    df,
    features: dh,
    relative: dh.map((change, index) => relativeExponent(change, p0[index])),
    r,
    frozen: (r ?? []).flatMap((own, index) => (isPositive(own) ? [index + 1] : [])),
  };
}

/** Yang & Hu's condition: preactivations of size Θ(1) in every layer, an output that does not grow. */
function stableAtInit(B: readonly InitExponent[]): boolean {
  const depth = B.length - 1;
  const near = (layer: number, expected: number) => sameExponent(B[layer], expected);
  for (let layer = 1; layer < depth; layer++) if (!near(layer, 1 / 2)) return false;
  const readout = B[depth];
  return near(0, 0) && (readout === 'zero' || readout >= 1 / 2 - EXPONENT_TOLERANCE);
}

/** r_l = m + C_l − [l > 1] with m = min(B_{L+1}, C_{L+1}) the exponent of ∂f/∂h under SGD, 0 under Adam. */
function ownContributions(
  B: readonly InitExponent[],
  C: readonly number[],
  optimizer: OptimizerName,
): number[] {
  const depth = B.length - 1;
  const readout = B[depth];
  const m =
    optimizer === 'sgd' ? Math.min(readout === 'zero' ? Number.POSITIVE_INFINITY : readout, C[depth]) : 0;
  return C.slice(0, depth).map((c, index) => m + c - (index === 0 ? 0 : 1));
}

/** ∞ where nothing moves, even if nothing was there. */
function relativeExponent(dh: number, p0: number): number {
  return dh === Number.POSITIVE_INFINITY ? dh : dh - p0;
}

function isPositive(exponent: number): boolean {
  return exponent > EXPONENT_TOLERANCE;
}

function allKnown<Exponent>(exponents: readonly (Exponent | null)[]): exponents is readonly Exponent[] {
  return !exponents.includes(null);
}

function unknown(depth: number): Classification {
  const features = Array.from({ length: depth }, () => null);
  return {
    regime: 'unknown',
    vanishingInit: false,
    f0: null,
    df: null,
    features,
    relative: features,
    r: null,
    frozen: [],
  };
}

function requireExponents({ B, C, steps = 0 }: ClassifyRequest): void {
  if (B.length !== C.length || B.length < 2) {
    throw new RangeError(
      `classify: expected as many B as C and at least 2 of each, got ${B.length} and ${C.length}`,
    );
  }
  if (B.some((b) => typeof b === 'number' && !(b > Number.NEGATIVE_INFINITY))) {
    throw new RangeError(`classify: expected B to be numbers, 'zero' or null, got ${B}`);
  }
  if (C.some((c) => c !== null && !Number.isFinite(c))) {
    throw new RangeError(`classify: expected C to be finite numbers or null, got ${C}`);
  }
  if (!(steps >= 0)) throw new RangeError(`classify: expected steps ≥ 0, got ${steps}`);
}
