import { quotientOf } from '../../growth/product.ts';
import { exactValue, type Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { nameOf } from './dimension-names.ts';
import { standingIn } from './standing-names.ts';

/**
 * Names that only ever multiply a number that is a length by itself, as in `Linear(512, int(512 * ratio))`: the ratio of a
 * layer's size to another's, and no size of its own. What multiplies others, too, as `16 * k` and `32 * k`, may be one.
 */
export function ratiosOfNumbers(
  lengths: readonly Quantity[],
  numbers: ReadonlySet<WidthSymbol>,
): ReadonlySet<WidthSymbol> {
  const written = new Set(
    lengths.flatMap((length) => {
      const name = nameOf(length);
      return name !== null && numbers.has(name) ? [name.name] : [];
    }),
  );
  const names = new Set(written.size === 0 ? [] : lengths.flatMap((length) => [...standingIn(length)]));
  const isRatio = (symbol: WidthSymbol) =>
    lengths.every((length) => {
      if (!standingIn(length).has(symbol)) return true;
      const factor = exactValue(quotientOf(length, { op: 'symbol', symbol, value: null }));
      return factor !== undefined && written.has(String(toNumber(factor)));
    });
  return new Set([...names].filter((symbol) => !numbers.has(symbol) && isRatio(symbol)));
}
