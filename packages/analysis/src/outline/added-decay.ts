import { isVanished, knownExponent } from '../growth/growth.ts';
import { ROUNDING } from '../growth/rounding.ts';
import { decaysOf } from './weight-decays.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** Optimizers that add λ·w to the gradient g, and divide by the size of both. */
const ADDS_DECAY = /^torch\.optim\.(?:\w+\.)?(?:Adam|NAdam|RAdam|Adamax|Adagrad|Adadelta|RMSprop)$/;

/** In μP the gradients of what makes features fall like 1/n. */
const GRADIENTS_FALL = 1;

/**
 * Whether decay outweighs gradients in wide models: where an optimizer of Adam's kind adds it to them, and it does not fall
 * like 1/n, as they do, steps go along λ·w alone.
 */
export function outweighsGradients(
  weights: readonly Weight[],
  { growthOf }: Pick<Widths, 'growthOf'>,
): boolean {
  return weights.some((weight) => {
    const { role, rate } = weight;
    if (role !== 'input' && role !== 'hidden') return false;
    return rate.optimizers
      .filter(({ qualified }) => ADDS_DECAY.test(qualified))
      .flatMap((optimizer) => decaysOf(optimizer, [weight]))
      .some((decay) => {
        const growth = growthOf(decay);
        const power = isVanished(growth) ? null : knownExponent(growth);
        return power !== null && power > ROUNDING - GRADIENTS_FALL;
      });
  });
}

/**
 * Whether the share η·λ of a weight that a step takes away grows with the width, where the optimizer multiplies the decay λ
 * by the rate η: beyond some width it is all of the weight.
 */
export function outgrowsWeights(weights: readonly Weight[], { growthOf }: Pick<Widths, 'growthOf'>): boolean {
  return weights.some((weight) => {
    const { rate } = weight;
    const lr = rate.missing === null ? knownExponent(rate.growth) : null;
    if (lr === null) return false;
    return rate.optimizers
      .filter(({ coupledDecay }) => coupledDecay !== null)
      .flatMap((optimizer) => decaysOf(optimizer, [weight]))
      .some((decay) => {
        const growth = growthOf(decay);
        const power = isVanished(growth) ? null : knownExponent(growth);
        return power !== null && lr + power > ROUNDING;
      });
  });
}
