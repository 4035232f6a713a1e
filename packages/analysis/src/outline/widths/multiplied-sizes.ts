import { leavesOf, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';

/**
 * Whether a size is multiplied out of numbers, as heads of 64 features are 64 * 64. In a configuration of one size of a model
 * that is open: the next size may have more of them, or as many.
 *
 * @param numbers the names that stand for numbers of the code
 */
export function isMultipliedOut(size: Quantity, numbers: ReadonlySet<WidthSymbol>): boolean {
  if (size.op === 'symbol') return size.value !== null && isMultipliedOut(size.value, numbers);
  return size.op === 'multiply' && [size.left, size.right].every((factor) => isOfNumbers(factor, numbers));
}

function isOfNumbers(factor: Quantity, numbers: ReadonlySet<WidthSymbol>): boolean {
  return leavesOf(factor).every((leaf) => {
    if (leaf.op === 'literal') return Number.isInteger(leaf.value) && leaf.value > 1;
    if (leaf.op !== 'symbol') return false;
    return leaf.value === null ? numbers.has(leaf.symbol) : isOfNumbers(leaf.value, numbers);
  });
}
