import type { InitExponent } from '../calculus/exponent.ts';
import {
  type AbcExponents,
  LAYER_ROLES,
  type LayerRole,
  type OptimizerName,
  type Parametrization,
  roleOfLayer,
} from './parametrization.ts';

/**
 * What training can tell of one weight's exponents: the effective initial standard deviation n^−B and learning rate n^−C.
 *
 *     B = a + b        C = 2a + c (SGD)        C = a + c (Adam)
 *
 * Two parametrizations with equal (B, C) in every role train identically.
 *
 * @see Yang & Hu 2021, §3.2, for SGD; Yang et al. 2022 (Tensor Programs V), appendix J, for Adam
 * (docs/math.md#invariants-and-gauge)
 */
export interface InvariantExponents {
  readonly B: InitExponent;
  readonly C: number;
}

/** (B, C) of layers 1…L+1, in columns: index l − 1 is layer l. */
export interface LayerInvariants {
  readonly B: readonly InitExponent[];
  readonly C: readonly number[];
}

/** How often a appears in C: SGD's update carries the multiplier twice, once in the gradient; Adam's forgets the gradient's size. */
export const MULTIPLIER_WEIGHT: Readonly<Record<OptimizerName, number>> = { sgd: 2, adam: 1 };

type Exponents = Readonly<Record<LayerRole, AbcExponents>> & { readonly optimizer: OptimizerName };

/** (B, C) of every layer role. */
export function invariants(parametrization: Exponents): Readonly<Record<LayerRole, InvariantExponents>> {
  const ofRole = (role: LayerRole): InvariantExponents => {
    const { a, b, c } = parametrization[role];
    return {
      B: b === 'zero' ? 'zero' : a + b,
      C: MULTIPLIER_WEIGHT[parametrization.optimizer] * a + c,
    };
  };
  return { input: ofRole('input'), hidden: ofRole('hidden'), output: ofRole('output') };
}

/** (B, C) of every layer of a network of `depth` hidden layers, as `classify` takes them. */
export function layerInvariants(parametrization: Exponents, depth: number): LayerInvariants {
  const ofRole = invariants(parametrization);
  const layers = Array.from({ length: depth + 1 }, (_, index) => ofRole[roleOfLayer(index + 1, depth)]);
  return { B: layers.map((layer) => layer.B), C: layers.map((layer) => layer.C) };
}

/**
 * The same training in another form: moves the power n^−θ between a role's multiplier and its initialization.
 *
 *     a → a + θ        b → b − θ        c → c − 2θ (SGD)        c → c − θ (Adam)
 *
 * @param theta θ of each role; a role left out stays as it is
 * @see Yang & Hu 2021, §3.2
 */
export function gaugeShift(
  parametrization: Parametrization,
  theta: Readonly<Partial<Record<LayerRole, number>>>,
): Parametrization {
  const shifted = { ...parametrization };
  for (const role of LAYER_ROLES) {
    const shift = theta[role] ?? 0;
    const { a, b, c } = parametrization[role];
    shifted[role] = {
      a: a + shift,
      b: b === 'zero' ? 'zero' : b - shift,
      c: c - MULTIPLIER_WEIGHT[parametrization.optimizer] * shift,
    };
  }
  return shifted;
}
