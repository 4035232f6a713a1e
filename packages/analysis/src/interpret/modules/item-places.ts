import type { Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Layer } from '../../network/layer.ts';
import type { Value } from '../values/value.ts';

/** Which item of which container the index of a round stands beside, as `enumerate(self.layers)` gives both. */
const ITEMS = new WeakMap<WidthSymbol, Map<number, Value>>();

/** Notes of what item of a container an index that is not known is the place. */
export function noteItemPlace(symbol: WidthSymbol, { id }: Layer, item: Value): void {
  const known = ITEMS.get(symbol) ?? new Map<number, Value>();
  ITEMS.set(symbol, known.set(id, item));
}

/** The item of a container whose place an index is; undefined where that is not noted of this container. */
export function itemAtPlace(index: Quantity, { id }: Layer): Value | undefined {
  return index.op === 'symbol' ? ITEMS.get(index.symbol)?.get(id) : undefined;
}
