import { type Quantity, sameQuantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';

/**
 * The names to multiples of which a length is rounded, as `d` in `max(d, int(x + d / 2) // d * d)`: what is made so is as long
 * as `x`, up to `d`.
 */
export function roundingNames(length: Quantity): ReadonlySet<WidthSymbol> {
  const names = new Set<WidthSymbol>();
  addRounding(length, names);
  return names;
}

function addRounding(length: Quantity, names: Set<WidthSymbol>): void {
  if (!('left' in length)) return;
  const { op, left, right } = length;
  if (op === 'multiply') {
    for (const [whole, by] of [
      [left, right],
      [right, left],
    ] as const)
      if (by.op === 'symbol' && isQuotientRounded(whole, by)) names.add(by.symbol);
  }
  addRounding(left, names);
  addRounding(right, names);
}

/** Whether something is divided by a number after that, half of it, or it less one was added. */
function isQuotientRounded(whole: Quantity, by: Quantity): boolean {
  return whole.op === 'divide' && sameQuantity(whole.right, by) && isAddedIn(whole.left, by);
}

function isAddedIn(sum: Quantity, by: Quantity): boolean {
  if (sum.op === 'subtract') return isAddedIn(sum.left, by);
  return sum.op === 'add' && [sum.left, sum.right].some((one) => isMostOf(one, by) || isAddedIn(one, by));
}

function isMostOf(one: Quantity, by: Quantity): boolean {
  return sameQuantity(one, by) || ((one.op === 'divide' || one.op === 'subtract') && isMostOf(one.left, by));
}
