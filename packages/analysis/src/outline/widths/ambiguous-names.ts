import { type Growth, isPoint } from '../../growth/growth.ts';
import { freeSymbolsOf, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { nameOf } from './dimension-names.ts';
import { AMBIGUOUS } from './given-widths.ts';
import { standingIn } from './standing-names.ts';
import type { Tells } from './structural-widths.ts';
import type { Structure } from './structure.ts';

/** A name beside the width that is in a parameter's dimensions may grow with it, unless something shows that it does not. */
export function addAmbiguous(growths: Map<WidthSymbol, Growth>, structure: Structure, isKnown: Tells): void {
  const widths = [...growths].filter(([, growth]) => isPoint(growth)).map(([symbol]) => symbol);
  const open = new Set(structure.lengths.flatMap((length) => [...freeSymbolsOf(length)]));
  for (const symbol of open) {
    if (growths.has(symbol) || isKnown(symbol)) continue;
    if (!isRatio(symbol, widths, structure)) growths.set(symbol, AMBIGUOUS);
  }
}

/**
 * Whether what layers are made for one by one, as experts, is no more than what some layer gives one number for each of, as
 * a gate does: there are as many at every width. What others are multiplied by may be a number of heads.
 */
export function countsAlone(symbol: WidthSymbol, { lengths, loops }: Structure): boolean {
  if (loops.has(symbol)) return false;
  return lengths.every((length) => !symbolsOf(length).has(symbol) || nameOf(length) === symbol);
}

/** Whether a name only ever multiplies a width. */
function isRatio(symbol: WidthSymbol, widths: readonly WidthSymbol[], { lengths }: Structure): boolean {
  const having = lengths.filter((length) => symbolsOf(length).has(symbol));
  return having.every(
    (length) => widths.some((width) => symbolsOf(length).has(width)) && !isLimit(symbol, length),
  );
}

/** Whether a name is a least or a most for others in a length, as `min(most, 2 * n)` has one. */
function isLimit(symbol: WidthSymbol, length: Quantity): boolean {
  if (!('left' in length)) return false;
  if (length.op === 'minimum' || length.op === 'maximum') return standingIn(length).has(symbol);
  return isLimit(symbol, length.left) || isLimit(symbol, length.right);
}
