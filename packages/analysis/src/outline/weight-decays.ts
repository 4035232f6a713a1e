import { isVanished, knownExponent } from '../growth/growth.ts';
import type { Quantity } from '../growth/quantity.ts';
import { ROUNDING } from '../growth/rounding.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** The decays of the groups that have some of the weights, at every step. */
export function decaysOf({ steps }: ObservedOptimizer, weights: readonly Weight[]): readonly Quantity[] {
  const names = new Set(
    weights.flatMap(({ path, aliases }) => [path, ...aliases.map((alias) => alias.path)]),
  );
  return steps.flatMap(({ groups }) =>
    groups
      .filter(({ members }) => members.some((member) => names.has(member.path)))
      .map(({ weightDecay }) => weightDecay),
  );
}

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
      .flatMap((optimizer) => powersOf(decaysOf(optimizer, [weight]), growthOf))
      .some((power) => power > ROUNDING - GRADIENTS_FALL);
  });
}

/**
 * Whether the share η·λ of a weight that a step takes away grows with the width, where the optimizer multiplies the decay λ
 * by the rate η: beyond some width it is all of the weight.
 *
 *     η·λ ~ n^(lr + power),  lr + power > 0
 */
export function outgrowsWeights(weights: readonly Weight[], { growthOf }: Pick<Widths, 'growthOf'>): boolean {
  return weights.some((weight) => {
    const { rate } = weight;
    const lr = rate.missing === null ? knownExponent(rate.growth) : null;
    if (lr === null) return false;
    return rate.optimizers
      .filter(({ coupledDecay }) => coupledDecay !== null)
      .flatMap((optimizer) => powersOf(decaysOf(optimizer, [weight]), growthOf))
      .some((power) => lr + power > ROUNDING);
  });
}

/** The powers of the width by which decays grow, of those that are known and not zero. */
function powersOf(decays: readonly Quantity[], growthOf: Widths['growthOf']): readonly number[] {
  return decays.map(growthOf).flatMap((growth) => (isVanished(growth) ? null : knownExponent(growth)) ?? []);
}
