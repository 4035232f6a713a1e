import { type Growth, isPoint, isVanished } from '../growth/growth.ts';
import { isConstant } from '../growth/growth-of.ts';
import { exactValue, type Quantity } from '../growth/quantity.ts';
import type { Widths } from './widths.ts';

/**
 * Whether a rate meets a bound at some width, below or above those that are trained: `max(lr / n, 1e-6)` falls until there.
 * A bound of 1 or more is one for ratios, as in `max(1, rows / columns)`, which is met at once.
 */
export function reachesBound(rate: Quantity, growthOf: Widths['growthOf']): boolean {
  switch (rate.op) {
    case 'maximum':
    case 'minimum': {
      const sides = [rate.left, rate.right];
      const fixed = sides.filter((one) => isConstant(growthOf(one)));
      const moves = fixed.length === 1 && sides.some((one) => isMoving(growthOf(one)));
      const bound = fixed[0] && exactValue(fixed[0]);
      const isOfRatios = bound !== undefined && bound.numerator >= bound.denominator;
      return (moves && !isOfRatios) || sides.some((one) => reachesBound(one, growthOf));
    }
    case 'multiply':
    case 'divide':
    case 'either':
      return reachesBound(rate.left, growthOf) || reachesBound(rate.right, growthOf);
    default:
      return false;
  }
}

function isMoving(growth: Growth): boolean {
  return isPoint(growth) && !isVanished(growth) && !isConstant(growth);
}
