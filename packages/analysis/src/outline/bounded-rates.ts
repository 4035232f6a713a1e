import { type Growth, isPoint, isVanished } from '../growth/growth.ts';
import { isConstant } from '../growth/growth-of.ts';
import { exactValue, freeSymbolsOf, type Quantity } from '../growth/quantity.ts';
import type { Widths } from './widths.ts';

/** Whether a rate meets a bound at some width, below or above those that are trained: `max(lr / n, 1e-6)` falls until there. */
export function reachesBound(rate: Quantity, growthOf: Widths['growthOf']): boolean {
  switch (rate.op) {
    case 'maximum':
    case 'minimum': {
      const sides = [rate.left, rate.right];
      const [bound, ...others] = sides.filter((one) => isConstant(growthOf(one)));
      const moving = sides.find((one) => isMoving(growthOf(one)));
      const isOpen = bound !== undefined && others.length === 0 && moving !== undefined;
      return (isOpen && !isMetAtOnce(bound, moving)) || sides.some((one) => reachesBound(one, growthOf));
    }
    case 'multiply':
    case 'divide':
    case 'either':
      return reachesBound(rate.left, growthOf) || reachesBound(rate.right, growthOf);
    default:
      return false;
  }
}

/** Of ratios, as in `max(1, rows / columns)`, and where the same setting is the bound and what moves: `min(lr, lr / n)`. */
function isMetAtOnce(bound: Quantity, moving: Quantity): boolean {
  const number = exactValue(bound);
  if (number !== undefined && number.numerator >= number.denominator) return true;
  return bound.op === 'symbol' && freeSymbolsOf(moving).has(bound.symbol);
}

function isMoving(growth: Growth): boolean {
  return isPoint(growth) && !isVanished(growth) && !isConstant(growth);
}
