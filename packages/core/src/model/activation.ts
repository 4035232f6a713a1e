import { erf, TWO_OVER_SQRT_PI } from './erf.ts';
import type { ActivationName } from './net-spec.ts';

/** A nonlinearity φ, applied entry by entry, and what the theorem says of it. */
export interface Activation {
  readonly name: ActivationName;
  phi(h: number): number;
  /** φ′(h), given x = φ(h), which callers have at hand and several derivatives reuse. */
  derivative(h: number, x: number): number;
  /** Without kinks, so that grids of nodes give expectations of it to many digits. */
  readonly smooth: boolean;
  /** φ(0) ≠ 0: features keep their size when preactivations vanish. */
  readonly nonzeroAtZero: boolean;
  /** In the class GOOD of the theorem. False means that the theorem is silent, not that features collapse. */
  readonly good: boolean;
  /** Why it is in the class or not: one clause. */
  readonly reason: string;
}

const SQRT_HALF = Math.SQRT1_2;
const INV_SQRT_TWO_PI = 0.3989422804014327;

function sigmoid(h: number): number {
  return 1 / (1 + Math.exp(-h));
}

/** Φ, the distribution function of the standard normal. */
function normalCdf(h: number): number {
  return 0.5 * (1 + erf(h * SQRT_HALF));
}

const NAMED = 'named in the class by the theorem';

const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  sigmoid: {
    name: 'sigmoid',
    phi: sigmoid,
    derivative: (_h, x) => x * (1 - x),
    smooth: true,
    nonzeroAtZero: true,
    good: true,
    reason: NAMED,
  },
  tanh: {
    name: 'tanh',
    phi: Math.tanh,
    derivative: (_h, x) => 1 - x * x,
    smooth: true,
    nonzeroAtZero: false,
    good: true,
    reason: NAMED,
  },
  silu: {
    name: 'silu',
    phi: (h) => h * sigmoid(h),
    derivative: (h, x) => sigmoid(h) * (1 + h - x), // s(1 + h(1 − s)) with x = hs
    smooth: true,
    nonzeroAtZero: false,
    good: true,
    reason: NAMED,
  },
  gelu: {
    name: 'gelu',
    phi: (h) => h * normalCdf(h),
    derivative: (h) => normalCdf(h) + h * INV_SQRT_TWO_PI * Math.exp(-0.5 * h * h),
    smooth: true,
    nonzeroAtZero: false,
    good: true,
    reason: NAMED,
  },
  erf: {
    name: 'erf',
    phi: erf,
    derivative: (h) => TWO_OVER_SQRT_PI * Math.exp(-h * h),
    smooth: true,
    nonzeroAtZero: false,
    good: true,
    reason: 'smooth with bounded derivatives, and its dilates are independent: in the class by our reading',
  },
  relu: {
    name: 'relu',
    phi: (h) => (h < 0 ? 0 : h), // NaN stays NaN
    derivative: (h) => (h > 0 ? 1 : 0),
    smooth: false,
    nonzeroAtZero: false,
    good: false,
    reason: 'its derivative jumps at 0',
  },
  identity: {
    name: 'identity',
    phi: (h) => h,
    derivative: () => 1,
    smooth: true,
    nonzeroAtZero: false,
    good: false,
    reason: 'linear: its dilates are dependent',
  },
};

/** Every activation there is, those of the class GOOD first. */
export const ACTIVATION_NAMES: readonly ActivationName[] = [
  'sigmoid',
  'tanh',
  'silu',
  'gelu',
  'erf',
  'relu',
  'identity',
];

/**
 * The activation of that name.
 *
 * @see Chen, Yang, Zhao & Gu 2025, Assumption 4.3 (docs/math.md#what-the-theorem-says-and-what-it-does-not)
 */
export function activation(name: ActivationName): Activation {
  return ACTIVATIONS[name];
}
