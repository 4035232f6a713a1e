import { MULTIPLIER_WEIGHT } from './gauge.ts';
import type { LayerRole, NumericExponents, OptimizerName } from './parametrization.ts';

/** What μP asks of one weight, in the two invariants of its exponents. */
export interface MupTarget {
  readonly B: number;
  readonly C: Readonly<Record<OptimizerName, number>>;
}

/**
 * μP's invariants of each role.
 *
 * A readout may start smaller, at 0 included: at B ≥ 1 the error reaches the features through its updates alone.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3 (docs/math.md#invariants-and-gauge)
 */
export const MUP_TARGETS: Readonly<Record<LayerRole, MupTarget>> = {
  input: { B: 0, C: { sgd: -1, adam: 0 } },
  hidden: { B: 1 / 2, C: { sgd: 0, adam: 1 } },
  output: { B: 1, C: { sgd: 1, adam: 1 } },
};

/**
 * μP's exponents for a weight in the form that its own multiplier sets.
 *
 *     b = B − a        c = C − 2a (SGD)        c = C − a (Adam)
 */
export function mupExponents(role: LayerRole, optimizer: OptimizerName, a: number): NumericExponents {
  const { B, C } = MUP_TARGETS[role];
  return { a, b: B - a, c: C[optimizer] - MULTIPLIER_WEIGHT[optimizer] * a };
}
