/** E[φ(u)φ(v)] of a centered Gaussian pair with Var u = k11, Var v = k22, Cov(u, v) = k12. */
export type PairExpectation = (k11: number, k22: number, k12: number) => number;

/** Nodes reach so many standard deviations: e^(−8.5²/2) = 2e-16. */
const REACH = 8.5;
const COARSE_STEP = 1 / 8;
/** Up to this variance the coarse step resolves a sigmoid's transition; each halving carries it four times further. */
const COARSE_VARIANCE = 4;
const HALVINGS = 3;

interface Nodes {
  readonly z: Float64Array;
  /** ∝ e^(−z²/2), sum 1. */
  readonly weight: Float64Array;
}

/**
 * E[φ(u)φ(v)] for an analytic φ without a closed form, by the trapezoid rule.
 *
 *     u = s·z₁,   v = (k12/s)·z₁ + √(k22 − k12²/k11)·z₂,   s = √k11,   z on [−8.5, 8.5]², step ⅛
 *
 * For variances up to 4 it is accurate to 1e-11: the trapezoid rule converges geometrically where Gauss–Hermite meets
 * the poles of tanh. Above, the step is halved, at most three times.
 *
 * @returns a function that keeps its nodes between calls; NaN for a variance above 256, which the finest step does not
 *   resolve
 * @see docs/math.md#infinite-width-kernel
 */
export function gaussianExpectation(phi: (h: number) => number): PairExpectation {
  const grids: Nodes[] = [];
  return (k11, k22, k12) => {
    const variance = Math.max(k11, k22);
    const halvings = halvingsFor(variance);
    if (halvings > HALVINGS) return Number.NaN;
    grids[halvings] ??= trapezoidNodes(COARSE_STEP / (1 << halvings));
    return k11 >= k22
      ? expectation(phi, grids[halvings], k11, k22, k12)
      : expectation(phi, grids[halvings], k22, k11, k12);
  };
}

function halvingsFor(variance: number): number {
  let halvings = 0;
  for (let resolved = COARSE_VARIANCE; variance > resolved; resolved *= 4) halvings++;
  return halvings;
}

function trapezoidNodes(step: number): Nodes {
  const count = Math.round((2 * REACH) / step) + 1;
  const z = Float64Array.from({ length: count }, (_, i) => i * step - REACH);
  const density = z.map((node) => Math.exp((-node * node) / 2));
  const total = density.reduce((sum, value) => sum + value, 0);
  return { z, weight: density.map((value) => value / total) };
}

/** Needs k11 ≥ k22. A pair without its own part (k22 = k12²/k11) is a sum over z₁ alone. */
function expectation(
  phi: (h: number) => number,
  nodes: Nodes,
  k11: number,
  k22: number,
  k12: number,
): number {
  const { z, weight } = nodes;
  const scale = Math.sqrt(k11);
  const shared = k11 > 0 ? k12 / scale : 0;
  const own = Math.sqrt(Math.max(k22 - shared * shared, 0));
  let total = 0;
  for (let i = 0; i < z.length; i++) {
    const center = shared * z[i];
    let inner = 0;
    if (own === 0) inner = phi(center);
    else for (let j = 0; j < z.length; j++) inner += weight[j] * phi(center + own * z[j]);
    total += weight[i] * phi(scale * z[i]) * inner;
  }
  return total;
}
