import { freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { nameOf } from './dimension-names.ts';

/** Names that say how lengths are divided up. None gets longer with them but at the cost of another. */
export interface Shares {
  /** Those that a length is divided by: `groups` of `n / groups`. */
  readonly counts: ReadonlySet<WidthSymbol>;
  /** Those that make a part of which the rest is another length: `ratio` of `n - ratio * n`. */
  readonly parts: ReadonlySet<WidthSymbol>;
}

/** The shares in lengths, and in what they are computed of. */
export function sharesIn(lengths: readonly Quantity[]): Shares {
  const found = { counts: new Set<WidthSymbol>(), parts: new Set<WidthSymbol>() };
  for (const length of lengths) addShares(length, found);
  return found;
}

function addShares(quantity: Quantity, found: Readonly<Record<'counts' | 'parts', Set<WidthSymbol>>>): void {
  if ('of' in quantity) addShares(quantity.of, found);
  if (!('left' in quantity)) return;
  const { op, left, right } = quantity;
  if (op === 'divide' && nameOf(right) !== null) addOthers(found.counts, left, right);
  if (op === 'subtract') addOthers(found.parts, left, right);
  addShares(left, found);
  addShares(right, found);
}

/** The names of one side that the other has not. */
function addOthers(to: Set<WidthSymbol>, whole: Quantity, part: Quantity): void {
  const names = freeSymbolsOf(whole);
  for (const symbol of freeSymbolsOf(part)) if (!names.has(symbol)) to.add(symbol);
}
