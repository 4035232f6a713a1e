import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Preset } from './companions.ts';
import { unsqueezed } from './squeezed-sizes.ts';
import { standsAlone } from './standing-names.ts';
import type { Tells } from './structural-widths.ts';
import type { Structure } from './structure.ts';

/**
 * Names of which each may be the width of a model that shows none, as the sizes of two layers in a row. Where a dimension is
 * a product of some that none is by itself, scaling any of them scales the same: those are told together.
 */
export type MayBeWidths = readonly (readonly WidthSymbol[])[];

/** Which names are none, whatever else is, and which are numbers of heads or groups, that a product alone may go by. */
interface NoWidths {
  /** The widths, where some are declared or shown. */
  readonly found: readonly WidthSymbol[];
  isExcluded(symbol: WidthSymbol): boolean;
  isCount(symbol: WidthSymbol): boolean;
  readonly presetOf: Preset;
}

type Inside = Pick<Structure, 'isOpenEnded' | 'interior' | 'madeElsewhere' | 'counted' | 'lengths'>;
type OfPart = Pick<Structure, 'throughout' | 'loops' | 'counted' | 'lengths'>;

/**
 * Names of what is inside a model that is no part of another, the nearest to its output first; where nothing is, those of
 * features that a part of it which is not read may make.
 */
export function mayBeWidths(
  structure: Inside & OfPart,
  { found, isExcluded, isCount, presetOf }: NoWidths,
): MayBeWidths {
  if (found.length > 0) return [];
  if (structure.isOpenEnded) return ofPart(structure, isExcluded, isCount);
  const { interior, madeElsewhere } = structure;
  const inside = [...(interior.size > 0 ? interior : madeElsewhere)].filter(
    (symbol) => !isExcluded(symbol) && !structure.counted.has(symbol),
  );
  const alone = inside.filter((symbol) => !isCount(symbol) && standsAlone(symbol, structure.lengths));
  if (alone.length === 0) return productsOf(inside, structure);
  return unsqueezed(alone, presetOf)
    .reverse()
    .map((symbol) => [symbol]);
}

/** What a part of a model has on both of its sides, where no other name comes back to itself: the whole has it between its blocks. */
function ofPart(
  { throughout, loops, counted, lengths }: OfPart,
  isExcluded: Tells,
  isCount: Tells,
): MayBeWidths {
  const returning = [...loops].filter((symbol) => !isExcluded(symbol) && !counted.has(symbol));
  const [only, ...others] = returning.filter((symbol) => !isCount(symbol) && standsAlone(symbol, lengths));
  return only !== undefined && others.length === 0 && throughout.has(only) ? [[only]] : [];
}

/**
 * The factors of what is inside, where all of that is multiples of products that share none of them, as each stage has its
 * own: those of the last first. What is a factor of multiples alone, as an expansion ratio is, is none of them.
 */
function productsOf(inside: readonly WidthSymbol[], { lengths }: Pick<Structure, 'lengths'>): MayBeWidths {
  const having = lengths.flatMap((length) => {
    const names = freeSymbolsOf(length);
    const factors = inside.filter((one) => names.has(one));
    return factors.length === 0 ? [] : [factors];
  });
  const smallest = having.filter(
    (one) => !having.some((other) => other.length < one.length && isWithin(other, one)),
  );
  const products = smallest.filter((one, at) => smallest.findIndex((other) => isWithin(other, one)) === at);
  const areWhole = products.every(
    (one) =>
      one.length > 1 &&
      having.every((other) => isWithin(one, other) || !one.some((symbol) => other.includes(symbol))),
  );
  return areWhole ? products.reverse() : [];
}

function isWithin(some: readonly WidthSymbol[], all: readonly WidthSymbol[]): boolean {
  return some.every((symbol) => all.includes(symbol));
}
