import { isSettled } from '../../growth/made-in-rounds.ts';
import { hidesName } from '../../network/hidden-name.ts';
import type { Layer } from '../../network/layer.ts';
import { anyOf, optionsOf } from './either.ts';
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

/** Which pairs of objects are alike, and which are as far as is known: those whose attributes lead back to them. */
interface Comparing extends Rounds {
  readonly met: Map<string, boolean>;
  /** Those that are, in the order in which they were met: each may rest on those before. */
  readonly alike: string[];
}

/** Whether a value of a later round is one that an earlier round knew; what each round makes anew is known by its line. */
export function isWithin(later: Value, earlier: Value, rounds: Rounds): boolean {
  return later === earlier || isAmong(later, earlier, { ...rounds, met: new Map(), alike: [] });
}

function isAmong(later: Value, earlier: Value, rounds: Comparing): boolean {
  if (later === earlier) return true;
  const known = optionsOf(earlier);
  return optionsOf(later).every((one) => known.some((other) => isLike(one, other, rounds)));
}

function isLike(one: Value, other: Value, rounds: Comparing): boolean {
  if (one === other || other.kind === 'unknown') return true;
  if (one.kind !== other.kind) return false;
  switch (one.kind) {
    case 'number':
      return isSettled(one.quantity, (other as typeof one).quantity);
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

function isLikeObject(one: ObjectValue, other: ObjectValue, rounds: Comparing): boolean {
  if (one.id === other.id) return true;
  if (one.id <= rounds.horizon || other.id <= rounds.horizon || one.definition !== other.definition)
    return false;
  const pair = `${one.id} ${other.id}`;
  const met = rounds.met.get(pair);
  if (met !== undefined) return met;
  const before = rounds.alike.length;
  rounds.met.set(pair, true);
  rounds.alike.push(pair);
  const known = rounds.earlier.attributes(other.id);
  // An object made inside the two is made alike if its owner's other attributes are.
  const areAlike = [...rounds.later.attributes(one.id)].every(([name, { value }]) => {
    const earlier = known.get(name)?.value;
    return earlier !== undefined && (isOwned(value) || isAmong(value, earlier, rounds));
  });
  if (!areAlike) {
    for (const rests of rounds.alike.splice(before)) rounds.met.delete(rests);
    rounds.met.set(pair, false);
  }
  return areAlike;
}

function isOwned({ kind }: Value): boolean {
  return kind === 'object' || kind === 'layer' || kind === 'parent';
}

/** A list that only grows, by what is like its items, is like itself; of an iterator less is left each time. */
function isLikeList(one: ListValue, other: ListValue, rounds: Comparing): boolean {
  if (one.once === true && other.once === true) {
    if (other.open) return one.items.every((item) => isAmong(item, anyOf(other.items), rounds));
    if (one.open || one.items.length !== other.items.length) return false;
  }
  const last = other.items.at(-1);
  return one.items.every((item, index) => {
    const before = other.items[index];
    if (before !== undefined) return isAmong(item, before, rounds);
    return last !== undefined && other.items.some((known) => isAmong(item, known, rounds));
  });
}

/** A dict that only grows, by what is like its entries under names that the code computes, is like itself. */
function isLikeDict(one: DictValue, other: DictValue, rounds: Comparing): boolean {
  const hasGrown = (key: string) => hidesName(key) && !other.entries.has(key);
  if (one.open && !other.open && ![...one.entries.keys()].some(hasGrown)) return false;
  const others = other.open ? (other.others ?? UNKNOWN) : undefined;
  if (one.open && others !== undefined && !isAmong(one.others ?? UNKNOWN, others, rounds)) return false;
  return [...one.entries].every(([key, value]) => {
    const before = other.entries.get(key) ?? others;
    if (before !== undefined) return isAmong(value, before, rounds);
    return hasGrown(key) && [...other.entries.values()].some((known) => isAmong(value, known, rounds));
  });
}

/** A layer, module or parameter, or a tuple with one in it. */
export function isPart(value: Value): boolean {
  return someInLists(value, ({ kind }) => kind === 'layer' || kind === 'object' || kind === 'parameter');
}
