import type { GraphActivation } from './graph.ts';
import { mapped, type Size, ZERO } from './size.ts';

/** What an activation φ does to sizes. */
interface ActivationGrowth {
  /** φ(x) − φ(0) ~ x^order near 0. */
  readonly order: 1 | 2 | 3;
  /** φ(x) ~ x^growth at ∞. */
  readonly growth: 0 | 1 | 2 | 3;
  readonly nonzeroAtZero: boolean;
  readonly odd: boolean;
  /** φ(s·x) = s^k·φ(x) for s > 0. */
  readonly homogeneous: boolean;
}

const LINEAR = { order: 1, growth: 1, nonzeroAtZero: false, odd: false, homogeneous: false } as const;
const SATURATING = { ...LINEAR, growth: 0, odd: true } as const;
const SQUARE = { ...LINEAR, order: 2, growth: 2, homogeneous: true } as const;

const ACTIVATIONS: Readonly<Record<GraphActivation, ActivationGrowth>> = {
  identity: { ...LINEAR, odd: true, homogeneous: true },
  relu: { ...LINEAR, homogeneous: true },
  leaky_relu: { ...LINEAR, homogeneous: true },
  relu2: SQUARE,
  square: SQUARE,
  cube: { ...SQUARE, order: 3, growth: 3, odd: true },
  gelu: LINEAR,
  silu: LINEAR,
  tanh: SATURATING,
  erf: SATURATING,
  softcap: SATURATING,
  sigmoid: { ...LINEAR, growth: 0, nonzeroAtZero: true },
  softplus: { ...LINEAR, nonzeroAtZero: true },
};

/** Every φ that a graph may name. */
export const GRAPH_ACTIVATIONS: readonly string[] = Object.keys(ACTIVATIONS);

/** Whether a graph may name φ so. */
export function isGraphActivation(name: string): name is GraphActivation {
  return Object.hasOwn(ACTIVATIONS, name);
}

/** φ(−x) = −φ(x). */
export function isOdd(kind: GraphActivation): boolean {
  return ACTIVATIONS[kind].odd;
}

/** φ(s·x) = s^k·φ(x) for s > 0: a positive factor stays a factor. */
export function isHomogeneous(kind: GraphActivation): boolean {
  return ACTIVATIONS[kind].homogeneous;
}

/** φ stays bounded as its argument grows. */
export function saturates(kind: GraphActivation): boolean {
  return ACTIVATIONS[kind].growth === 0;
}

/** Of φ(x) for an x of size n^−p. */
export function activatedSize(kind: GraphActivation, size: Size): Size {
  const { order, growth, nonzeroAtZero } = ACTIVATIONS[kind];
  return mapped(size, (p) => {
    if (p <= 0) return growth === 0 ? 0 : growth * p;
    return nonzeroAtZero ? 0 : order * p;
  });
}

/** Of φ′(x) for an x of size n^−p. */
export function slopeSize(kind: GraphActivation, size: Size): Size {
  const { order, growth } = ACTIVATIONS[kind];
  return mapped(size, (p) => {
    if (p === ZERO) return order === 1 ? 0 : ZERO;
    if (p > 0) return order === 1 ? 0 : (order - 1) * p;
    return growth <= 1 ? 0 : (growth - 1) * p;
  });
}
