import { productKey } from '../growth/product.ts';
import type { Span } from '../syntax/span.ts';
import type { Shape, Tensor } from './graph.ts';
import { notePlace } from './places.ts';

/*
 * The nodes of the graph. One operation on the same tensors is one node, however often the code comes by: what two
 * ways through the code have in common is one tensor, and no choice.
 */

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** A number that only this thing has. */
export function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  numbers.set(thing, ++lastNumber);
  return lastNumber;
}

const known = new WeakMap<object, Map<string, Tensor>>();

/** The node that is already there, by what it is first made of: it has this place, too. */
export function madeBefore(anchor: object, key: string, span: Span | null): Tensor | undefined {
  const before = known.get(anchor)?.get(key);
  if (before !== undefined) notePlace(before, span);
  return before;
}

/** The node that is already there, or this one. */
export function once<Made extends Tensor>(anchor: object, key: string, made: Made): Tensor {
  const before = madeBefore(anchor, key, made.span);
  if (before !== undefined) return before;
  const nodes = known.get(anchor);
  if (nodes === undefined) known.set(anchor, new Map([[key, made]]));
  else nodes.set(key, made);
  return made;
}

/** All that tells shapes apart. */
export function keyOfShape(shape: Shape | null): string {
  if (shape === null) return '?';
  return `${shape.open ? '…' : ''}${shape.dims.map(productKey).join(',')}`;
}

/** Which things these are, in this order. */
export const keyOf = (of: readonly object[]): string => of.map(numberOf).join(' ');
