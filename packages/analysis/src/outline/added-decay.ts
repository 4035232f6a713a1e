import { isVanished, knownExponent } from '../growth/growth.ts';
import { ROUNDING } from '../growth/rounding.ts';
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
  return weights.some(({ role, rate, path, aliases }) => {
    if (role !== 'input' && role !== 'hidden') return false;
    const names = new Set([path, ...aliases.map((alias) => alias.path)]);
    return rate.optimizers
      .filter(({ qualified }) => ADDS_DECAY.test(qualified))
      .flatMap(({ steps }) => steps.flatMap(({ groups }) => groups))
      .filter(({ members }) => members.some((member) => names.has(member.path)))
      .some(({ weightDecay }) => {
        const growth = growthOf(weightDecay);
        const power = isVanished(growth) ? null : knownExponent(growth);
        return power !== null && power > ROUNDING - GRADIENTS_FALL;
      });
  });
}
