import type { Growth } from '../../growth/growth.ts';
import { exactValue, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { isLinear } from './given-widths.ts';

/**
 * The calls that say by a name what goes with the width: `Head(width, classes)`. One that gives numbers alone, as
 * `build(width=512)` does in the end, makes one model of the family, and says nothing of what goes with what.
 * All calls where none gives a name.
 */
export function namingCalls(
  { calls }: ObservedModel,
  widths: ReadonlyMap<WidthSymbol, Growth>,
): ObservedModel['calls'] {
  const isWidth = (symbol: WidthSymbol) => {
    const growth = widths.get(symbol);
    return growth !== undefined && isLinear(growth);
  };
  const isNaming = (call: ReadonlyMap<WidthSymbol, Quantity>) =>
    [...call].some(([symbol, given]) => isWidth(symbol) && given.op === 'symbol');
  const isOfNumbers = (call: ReadonlyMap<WidthSymbol, Quantity>) =>
    [...call].every(([symbol, given]) => !isWidth(symbol) || exactValue(given) !== undefined);
  return calls.some(isNaming) ? calls.filter((call) => !isOfNumbers(call)) : calls;
}
