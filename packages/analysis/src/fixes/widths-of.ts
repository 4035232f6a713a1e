import { symbolsOf } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';

/** The names of the widths of some weights, those that they sum over first. */
export function widthsOf(weights: readonly Weight[], { widths }: Model): ReadonlySet<WidthSymbol> {
  const dims = weights.flatMap((weight) => [...(weight.dims ?? [])].reverse());
  return new Set(dims.flatMap((dim) => [...symbolsOf(dim)].filter(widths.isWidth)));
}
