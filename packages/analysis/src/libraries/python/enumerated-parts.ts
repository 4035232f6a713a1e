import type { WidthSymbol } from '../../growth/symbol.ts';
import { enumerateOrdered } from '../../interpret/language/ordered.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import { noteItemPlace } from '../../interpret/modules/item-places.ts';
import { itemsIn } from '../../interpret/modules/modules.ts';
import type { Attribute } from '../../interpret/values/attribute-state.ts';
import { orderedList } from '../../interpret/values/containers.ts';
import type { Count } from '../../interpret/values/places.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { Layer } from '../../network/layer.ts';

/** What names the rounds of one place of the code. */
export type RoundName = (name: string) => WidthSymbol;

type Item = readonly [string, Attribute];

/**
 * The items of a container with their places, where those at its front are told apart and any number of one kind follow: as
 * with a range, a round between and the last one are such. Undefined for any other container.
 */
export function partsInOrder(
  container: Layer,
  { start, symbolOf }: { readonly start: number; readonly symbolOf: RoundName },
  frame: Frame,
): Value | undefined {
  const items = itemsIn(container, frame);
  const isEnd = ([, { more }]: Item, at: number) => more === true && at === items.length - 1;
  if (!items.some(isEnd) || !items.every((one, at) => isEnd(one, at) || isAt(one, at))) return undefined;
  const values = items.map(([, { value }]) => value);
  const [end = UNKNOWN] = values.slice(-1);
  const front = items.length === 1 ? values : values.slice(0, -1);
  const length: Count = { base: { op: 'symbol', symbol: symbolOf('rounds'), value: null }, plus: 0 };
  return enumerateOrdered(orderedList([...front, end, end], { at: front.length, length }), start, symbolOf);
}

/** Whether an item surely stands at a place. */
function isAt([name, { more, perhaps }]: Item, at: number): boolean {
  return name === String(at) && more !== true && perhaps !== true;
}

/** The places of a container's items that are gone through with them: by each of them the container gives that item. */
export function placesBeside(container: Layer, symbolOf: RoundName): (item: Value, round: number) => Value {
  return (item, round) => {
    const symbol = symbolOf(`round ${round}`);
    noteItemPlace(symbol, container, item);
    return number({ op: 'symbol', symbol, value: null });
  };
}
