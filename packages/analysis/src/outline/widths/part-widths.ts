import { symbolsOf } from '../../growth/quantity.ts';
import { pathOf, type WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import type { Model } from '../model.ts';
import { isLinear } from './given-widths.ts';

/**
 * The sizes of other classes that grow with a model which is handed instances of them, `FeedForward.d_model`: by itself such a
 * part does not show that what it is given and gives is as wide as the whole.
 */
export function partWidths(whole: ObservedModel, { widths }: Model): readonly string[] {
  if (!whole.isSizedOutside || whole.chain !== null || widths.areNumbers || widths.names.length === 0)
    return [];
  const lengths = whole.parameters.flatMap(({ dims }) => dims ?? []);
  const sizes = new Set(lengths.flatMap((length) => [...symbolsOf(length)]));
  const grows = (symbol: WidthSymbol) => isLinear(widths.growthOf({ op: 'symbol', symbol, value: null }));
  return [...sizes]
    .filter((size) => size.owner !== null && size.owner.name !== whole.name && grows(size))
    .map((size) => pathOf(size).join('.'));
}
