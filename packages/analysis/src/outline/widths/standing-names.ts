import { freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { roundingNames } from './rounding-names.ts';

const STANDING = new WeakMap<Quantity, ReadonlySet<WidthSymbol>>();

/**
 * The names that a length has but in exponents and the like, where no width stands: `n` of `n * 2 ** i`, and but for those to
 * multiples of which it is rounded; looked for once.
 */
export function standingIn(length: Quantity): ReadonlySet<WidthSymbol> {
  const known = STANDING.get(length);
  if (known !== undefined) return known;
  const rounding = roundingNames(length);
  const names = new Set([...namesIn(length)].filter((name) => !rounding.has(name)));
  STANDING.set(length, names);
  return names;
}

function namesIn(length: Quantity): ReadonlySet<WidthSymbol> {
  if (length.op === 'steady') return new Set();
  if (!('left' in length)) return freeSymbolsOf(length);
  if (length.op === 'pickedBy') return standingIn(length.left);
  return new Set([...standingIn(length.left), ...standingIn(length.right)]);
}

/**
 * Whether some length is this name up to numbers: not only a factor of others, as an expansion ratio is. A length that may
 * as well be what is not read shows nothing.
 */
export function standsAlone(symbol: WidthSymbol, lengths: readonly Quantity[]): boolean {
  return lengths.some((length) => {
    const symbols = standingIn(length);
    return symbols.size === 1 && symbols.has(symbol) && !mayBeUnread(length);
  });
}

function mayBeUnread(length: Quantity): boolean {
  if (!('left' in length)) return false;
  const { op, left, right } = length;
  return [left, right].some((side) => (op === 'either' && side.op === 'unknown') || mayBeUnread(side));
}
