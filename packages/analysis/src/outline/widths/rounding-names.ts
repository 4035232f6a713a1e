import { type Quantity, sameQuantity, symbolsOf } from '../../growth/quantity.ts';
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

/** Whether something is divided by a number after that, or half of it, was added. */
function isQuotientRounded(whole: Quantity, by: Extract<Quantity, { op: 'symbol' }>): boolean {
  if (whole.op !== 'divide' || !sameQuantity(whole.right, by)) return false;
  return whole.left.op !== 'symbol' && symbolsOf(whole.left).has(by.symbol);
}
