import { activation } from '../model/activation.ts';
import type { ActivationName } from '../model/net-spec.ts';
import { gaussianExpectation, type PairExpectation } from './gaussian-expectation.ts';

/**
 * The kernel of one layer of infinite width.
 *
 *     (k11, k22, k12) ↦ E[φ(u)φ(v)],   (u, v) ~ N(0, [[k11, k12], [k12, k22]])
 *
 * Closed forms for erf, ReLU, GELU and identity, quadrature for the others.
 *
 * @see Williams 1997 for erf; Cho & Saul 2009 for ReLU; docs/math.md#infinite-width-kernel
 */
export function activationKernel(name: ActivationName): PairExpectation {
  return CLOSED_KERNELS[name] ?? gaussianExpectation(activation(name).phi);
}

/** The kernel of gradients, E[φ′(u)φ′(v)]: closed forms for erf, ReLU and identity, quadrature for the others. */
export function derivativeKernel(name: ActivationName): PairExpectation {
  const { phi, derivative } = activation(name);
  return CLOSED_DERIVATIVE_KERNELS[name] ?? gaussianExpectation((h) => derivative(h, phi(h)));
}

type ClosedForms = Readonly<Partial<Record<ActivationName, PairExpectation>>>;

const CLOSED_KERNELS: ClosedForms = {
  identity: (_k11, _k22, k12) => k12,
  erf: (k11, k22, k12) =>
    (2 / Math.PI) * Math.asin(clampCosine((2 * k12) / Math.sqrt((1 + 2 * k11) * (1 + 2 * k22)))),
  relu: (k11, k22, k12) => {
    const theta = angle(k11, k22, k12);
    const norms = Math.sqrt(k11 * k22);
    return (norms / (2 * Math.PI)) * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta));
  },
  gelu: (k11, k22, k12) => {
    const cosine = clampCosine(k12 / Math.sqrt((1 + k11) * (1 + k22)));
    const determinant = (1 + k11) * (1 + k22) - k12 * k12;
    const numerator = k11 * k22 + k12 * k12 * (1 - k11 / (1 + k11) - k22 / (1 + k22));
    return (
      k12 / 4 + (k12 / (2 * Math.PI)) * Math.asin(cosine) + numerator / (2 * Math.PI * Math.sqrt(determinant))
    );
  },
};

const CLOSED_DERIVATIVE_KERNELS: ClosedForms = {
  identity: () => 1,
  erf: (k11, k22, k12) => 4 / Math.PI / Math.sqrt((1 + 2 * k11) * (1 + 2 * k22) - 4 * k12 * k12),
  relu: (k11, k22, k12) => (Math.PI - angle(k11, k22, k12)) / (2 * Math.PI),
};

/** The angle between two samples; a right one where a sample is zero. */
function angle(k11: number, k22: number, k12: number): number {
  const norms = Math.sqrt(k11 * k22);
  return norms > 0 ? Math.acos(clampCosine(k12 / norms)) : Math.PI / 2;
}

function clampCosine(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
