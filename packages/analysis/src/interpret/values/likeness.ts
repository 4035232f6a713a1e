import { isWithinQuantity } from '../../growth/quantity.ts';
import type { Layer } from '../../network/layer.ts';
import { optionsOf } from './either.ts';
import type { Heap } from './heap.ts';
import { someInLists } from './in-lists.ts';
import { sameValue } from './same-value.ts';
import { type DictValue, type ListValue, type ObjectValue, UNKNOWN, type Value } from './value.ts';

/** Two states of one loop, a round apart. */
export interface Rounds {
  readonly later: Heap;
  readonly earlier: Heap;
  /** What has a higher id was made by the loop: each round makes its own. */
  readonly horizon: number;
}

/** Whether a value of a later round is one that an earlier round knew; what each round makes anew is known by its line. */
export function isWithin(later: Value, earlier: Value, rounds: Rounds): boolean {
  if (later === earlier) return true;
  const known = optionsOf(earlier);
  return optionsOf(later).every((one) => known.some((other) => isLike(one, other, rounds)));
}

function isLike(one: Value, other: Value, rounds: Rounds): boolean {
  if (one === other || other.kind === 'unknown') return true;
  if (one.kind !== other.kind) return false;
  switch (one.kind) {
    case 'number':
      return isWithinQuantity(one.quantity, (other as typeof one).quantity);
    case 'layer':
      return isLikeLayer(one.layer, (other as typeof one).layer, rounds);
    case 'parameter': {
      const { layer, which, part } = other as typeof one;
      return isLikeLayer(one.layer, layer, rounds) && one.which === which && one.part === part;
    }
    case 'object':
      return isLikeObject(one, other as typeof one, rounds);
    case 'list':
      return isLikeList(one, other as typeof one, rounds);
    case 'dict':
      return isLikeDict(one, other as typeof one, rounds);
    case 'tensor': // What a loop makes of it stands in the graph.
      return true;
    case 'optimizer':
      return one.build.span.start === (other as typeof one).build.span.start;
    default:
      return sameValue(one, other);
  }
}

function isLikeLayer(one: Layer, other: Layer, { horizon }: Rounds): boolean {
  if (one === other) return true;
  if (one.id <= horizon || other.id <= horizon) return false;
  return one.span.start === other.span.start && one.qualified === other.qualified;
}

function isLikeObject(one: ObjectValue, other: ObjectValue, rounds: Rounds): boolean {
  if (one.id === other.id) return true;
  if (one.id <= rounds.horizon || other.id <= rounds.horizon || one.definition !== other.definition)
    return false;
  const known = rounds.earlier.attributes(other.id);
  // An object made inside the two is made alike if its owner's other attributes are.
  return [...rounds.later.attributes(one.id)].every(([name, { value }]) => {
    const before = known.get(name)?.value;
    return before !== undefined && (isOwned(value) || isWithin(value, before, rounds));
  });
}

function isOwned({ kind }: Value): boolean {
  return kind === 'object' || kind === 'layer' || kind === 'parent';
}

/** A list that only grows, by what is like its items, is like itself. */
function isLikeList(one: ListValue, other: ListValue, rounds: Rounds): boolean {
  const last = other.items.at(-1);
  return one.items.every((item, index) => {
    const before = other.items[index];
    if (before !== undefined) return isWithin(item, before, rounds);
    return last !== undefined && other.items.some((known) => isWithin(item, known, rounds));
  });
}

function isLikeDict(one: DictValue, other: DictValue, rounds: Rounds): boolean {
  if (one.open && !other.open) return false;
  return [...one.entries].every(([key, value]) => {
    const before = other.entries.get(key) ?? (other.open ? UNKNOWN : undefined);
    return before !== undefined && isWithin(value, before, rounds);
  });
}

/** A layer, module or parameter, or a tuple with one in it. */
export function isPart(value: Value): boolean {
  return someInLists(value, ({ kind }) => kind === 'layer' || kind === 'object' || kind === 'parameter');
}
