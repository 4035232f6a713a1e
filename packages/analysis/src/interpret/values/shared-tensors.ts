import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { isDetached } from '../../network/losses.ts';
import { isData, operandsOf, scale, timesUnknown } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import type { TensorValue } from './tensor-value.ts';

/** More ways that a tensor may have come are not told apart. */
const MOST_ROOTS = 16;

const knownRoots = new WeakMap<Tensor, ReadonlySet<Tensor>>();

/** The tensors whose entries a tensor may have, as a view has those of what it is a view of. */
function rootsOf(tensor: Tensor): ReadonlySet<Tensor> {
  const known = knownRoots.get(tensor);
  if (known !== undefined) return known;
  const roots = new Set<Tensor>();
  const [seen, ahead] = [new Set<Tensor>(), [tensor]];
  for (let one = ahead.pop(); one !== undefined && roots.size < MOST_ROOTS; one = ahead.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    const below = knownRoots.get(one);
    const through = throughOf(one);
    if (below !== undefined) for (const root of [...below].slice(0, MOST_ROOTS - roots.size)) roots.add(root);
    else if (through.length > 0) ahead.push(...through);
    else roots.add(one);
  }
  knownRoots.set(tensor, roots);
  return roots;
}

/** The tensors whose entries it has, or may have; none of one that has its own. */
function throughOf(tensor: Tensor): readonly Tensor[] {
  const passes =
    tensor.op === 'view' || tensor.op === 'choice' || tensor.op === 'repeat' || isDetached(tensor);
  return passes ? operandsOf(tensor) : [];
}

/** What is left of a tensor where others that may have the same entries are changed; the value itself where none has. */
export function besideChanged(changed: readonly TensorValue[]): (value: TensorValue) => TensorValue {
  let places: ReadonlyMap<Tensor, number> | null = null;
  return (value) => {
    if (changed.length === 0) return value;
    places ??= firstPlaces(changed);
    let first = changed.length;
    for (const root of rootsOf(value.tensor)) first = Math.min(first, places.get(root) ?? first);
    const by = changed[first];
    if (by === undefined) return value;
    return { kind: 'tensor', tensor: anyMultipleOf(value.tensor, 'a change in place', by.tensor.span) };
  };
}

/** The place of the first of some tensors that may have the entries of another one, by that. */
function firstPlaces(tensors: readonly TensorValue[]): ReadonlyMap<Tensor, number> {
  const places = new Map<Tensor, number>();
  for (const [place, { tensor }] of tensors.entries())
    for (const root of rootsOf(tensor)) if (!places.has(root)) places.set(root, place);
  return places;
}

/** A tensor of which not even the size is known any more. */
export function anyMultipleOf(tensor: Tensor, what: string, span: Span | null): Tensor {
  return isData(tensor) ? scale(tensor, UNKNOWN_QUANTITY, span) : timesUnknown([tensor], what, span);
}
