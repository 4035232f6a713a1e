import { symbolsOf } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';

/**
 * The names of the widths of some weights: those that the model is said to have before others that go with them, such as its
 * number of heads, and those that the weights sum over first.
 */
export function widthsOf(weights: readonly Weight[], { widths }: Model): ReadonlySet<WidthSymbol> {
  const dims = weights.flatMap((weight) => [...(weight.dims ?? [])].reverse());
  const found = dims.flatMap((dim) => [...symbolsOf(dim)].filter(widths.isWidth));
  return new Set([...found.filter(({ name }) => widths.names.includes(name)), ...found]);
}
