import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Preset } from './companions.ts';
import type { Shares } from './shares.ts';
import { unsqueezed } from './squeezed-sizes.ts';
import { standsAlone } from './standing-names.ts';
import type { Structure } from './structure.ts';

/** Whether something holds of a name. */
export type Tells = (symbol: WidthSymbol) => boolean;

/**
 * The names that the structure shows to be widths: of a network without a dimension that comes back to itself, all that is
 * inside, where the code gives it one number or it is sizes of hidden units alone, which are scaled together, but for what is
 * squeezed; where nothing is inside, what features are multiplied with features over, as in a factorization.
 */
export function structuralWidths(
  structure: Structure,
  {
    shares: { counts, parts },
    isExcluded,
    isHidden,
    presetOf,
  }: {
    readonly shares: Shares;
    readonly isExcluded: Tells;
    /** Whether it is what layers sum over behind an activation. */
    readonly isHidden: Tells;
    readonly presetOf: Preset;
  },
): readonly WidthSymbol[] {
  const isOne = (symbol: WidthSymbol) => !isExcluded(symbol) && standsAlone(symbol, structure.lengths);
  const [paired, ...more] = [...structure.paired].filter(isOne);
  const interior =
    structure.interior.size > 0 || more.length > 0
      ? [...structure.interior].filter(isOne)
      : [paired].flatMap((one) => one ?? []);
  const wholes = interior.filter((symbol) => !counts.has(symbol) && !parts.has(symbol));
  const alone = wholes.length > 0 ? wholes : interior;
  const [first, ...others] = alone;
  const number = first && presetOf(first);
  const returns = (symbol: WidthSymbol) => structure.loops.has(symbol);
  if (structure.isOpenEnded) return alone.filter(returns);
  if (others.length === 0) return alone;
  if (structure.loops.size > 0) return alone.filter(returns);
  const areAlike = number !== undefined && others.every((symbol) => presetOf(symbol) === number);
  const sizes = areAlike ? alone : unsqueezed(alone, presetOf);
  return areAlike || sizes.every(isHidden) ? sizes : [];
}

/**
 * Of a network whose sizes are numbers, all of what is inside, together: what one parameter makes and another sums over,
 * where several are put beside one another, those of one and of the other.
 */
export function numberedWidths(
  { made, summed, boundary, widened }: Structure,
  numbers: ReadonlySet<WidthSymbol>,
): readonly WidthSymbol[] {
  const inside = (symbol: WidthSymbol) => numbers.has(symbol) && !boundary.has(symbol);
  const joined = widened.filter((pair) => pair.every(inside));
  const reaching = (from: ReadonlySet<WidthSymbol>) => {
    const reached = new Set([...from].filter(inside));
    for (let before = -1; before < reached.size; ) {
      before = reached.size;
      for (const pair of joined)
        if (pair.some((one) => reached.has(one))) for (const one of pair) reached.add(one);
    }
    return reached;
  };
  const others = reaching(summed);
  const found = [...reaching(made)].filter((symbol) => others.has(symbol));
  return found.sort((one, other) => Number(one.name) - Number(other.name));
}
