import { DATA_LENGTH, isDataLength, isSameProduct, productOfAll } from '../growth/product.ts';
import type { Quantity } from '../growth/quantity.ts';
import type { Shape, View } from './graph.ts';
import { type Length, listed, reshaped, withRank } from './shape.ts';

/** How a view is laid out: its shape, and of which dimensions of the tensor each of its own is made. */
export interface Layout {
  readonly shape: Shape | null;
  readonly from: View['from'];
}

export const UNKNOWN_LAYOUT: Layout = { shape: null, from: null };

/** A dimension, and of which it is made. */
interface Cell {
  readonly length: Quantity;
  readonly from: readonly number[];
}

interface Cells {
  readonly cells: readonly Cell[];
  readonly open: boolean;
}

/** The dimensions of a shape, with so many listed, where that may be. */
function cellsOf(shape: Shape, listing: Shape = shape): Cells {
  const added = listing.dims.length - shape.dims.length;
  const cells = listing.dims.map((length, at) => ({ length, from: at < added ? [] : [at - added] }));
  return { cells, open: listing.open };
}

function layout({ cells, open }: Cells): Layout {
  return { shape: { dims: cells.map(({ length }) => length), open }, from: cells.map(({ from }) => from) };
}

/** The dimensions in another order. */
export function permuted(shape: Shape, order: readonly number[]): Layout {
  const { cells } = cellsOf(shape, withRank(shape, order.length));
  if (cells.length !== order.length) return UNKNOWN_LAYOUT;
  const after = order.flatMap((index) => cells.at(index) ?? []);
  return after.length === order.length ? layout({ cells: after, open: false }) : UNKNOWN_LAYOUT;
}

/**
 * Two dimensions change places. Of an open shape so many are listed that not both of the two are the model's, unless the
 * batch is listed, as of what blocks have added to that mix positions. Of features that stand last the first two
 * dimensions are batch and positions, both the data's.
 */
export function swapped(shape: Shape, one: number, other: number): Layout {
  const ofFeatures = shape.open && shape.dims.length === 1;
  if (ofFeatures && Math.min(one, other) === 0 && Math.max(one, other) === 1) return without(shape, []);
  const { cells, open } = cellsOf(shape, listedFor(shape, one, other));
  const [from, to] = [one, other].map((index) => (index < 0 ? cells.length + index : index));
  const [mine, theirs] = [cells[from ?? -1], cells[to ?? -1]];
  if (mine === undefined || theirs === undefined) return UNKNOWN_LAYOUT;
  return layout({ cells: cells.map((cell, at) => (at === from ? theirs : at === to ? mine : cell)), open });
}

function listedFor(shape: Shape, one: number, other: number): Shape {
  if (!shape.open) return shape;
  if (one < 0 && other < 0) return listed(shape, Math.max(-one, -other));
  const least = Math.max(one, other, -one - 1, -other - 1) + 1;
  const rank = Math.max(least, shape.dims.length);
  const full = withRank(shape, rank);
  const isModels = (index: number) => {
    const dim = full.dims.at(index);
    return dim !== undefined && !isDataLength(dim);
  };
  const [first] = shape.dims;
  const hasBatch = first !== undefined && shape.dims.length === rank && isDataLength(first);
  return isModels(one) && isModels(other) && !hasBatch ? withRank(shape, rank + 1) : full;
}

/** Which of a shape's listed dimensions is meant; 'data' for one that is not listed, null where that is not known. */
export function dimensionAt({ dims, open }: Shape, index: number): number | 'data' | null {
  if (index < 0) {
    const place = dims.length + index;
    return place >= 0 ? place : open ? 'data' : null;
  }
  if (!open) return index < dims.length ? index : null;
  return dims.length === 0 || index === 0 ? 'data' : null;
}

/** Without some of the listed dimensions. */
export function without(shape: Shape, places: readonly number[]): Layout {
  const { cells, open } = cellsOf(shape);
  return layout({ cells: cells.filter((_, at) => !places.includes(at)), open });
}

/** With another length at a place. */
export function withLength(shape: Shape, place: number, length: Quantity): Layout {
  const { cells, open } = cellsOf(shape);
  return layout({ cells: cells.map((cell, at) => (at === place ? { ...cell, length } : cell)), open });
}

/** With one more dimension before a place, counted as the framework does. */
export function inserted(shape: Shape, index: number, length: Quantity): Layout {
  const cell: Cell = { length, from: [] };
  if (index < 0) {
    const { cells, open } = cellsOf(shape, listed(shape, -index - 1));
    const place = cells.length + index + 1;
    if (place < 0) return UNKNOWN_LAYOUT;
    return layout({ cells: [...cells.slice(0, place), cell, ...cells.slice(place)], open });
  }
  const { cells, open } = cellsOf(shape);
  if (!open) {
    if (index > cells.length) return UNKNOWN_LAYOUT;
    return layout({ cells: [...cells.slice(0, index), cell, ...cells.slice(index)], open });
  }
  if (index === 0 || cells.length === 0) return layout({ cells, open });
  return index === 1 ? layout({ cells: [cell, ...cells], open }) : UNKNOWN_LAYOUT;
}

/** Several dimensions in one: those from one place to another. */
export function flattened(shape: Shape, start: number, end: number): Layout {
  const { cells, open } = cellsOf(shape);
  const from = start < 0 ? cells.length + start : open ? 0 : start;
  const to = end < 0 ? cells.length + end : open ? -1 : end;
  const merged = cells.slice(Math.max(0, from), to + 1);
  if (merged.length === 0) return open ? UNKNOWN_LAYOUT : layout({ cells, open });
  const cell: Cell = {
    length: productOfAll([
      ...merged.map(({ length }) => length),
      ...(open && start >= 0 ? [DATA_LENGTH] : []),
    ]),
    from: merged.flatMap((one) => one.from),
  };
  return layout({
    cells: [...cells.slice(0, Math.max(0, from)), cell, ...cells.slice(to + 1)],
    open: open && start < 0,
  });
}

/** The lengths that a reshape names, made of those that there were. */
export function viewed(shape: Shape | null, lengths: readonly Length[], open: boolean): Layout {
  const after = reshaped(shape, lengths, open);
  return { shape: after, from: shape === null ? null : sources(shape.dims, after.dims) };
}

/** How many dimensions may be made of how many others. */
const MOST_MERGED = 4;

/** Of which dimensions each is made, last ones first: the fewest of both that multiply to the same. */
function sources(before: readonly Quantity[], after: readonly Quantity[]): View['from'] {
  const from: (readonly number[])[] = after.map(() => []);
  let [left, made] = [before.length, after.length];
  while (left > 0 && made > 0) {
    const step = matching(before.slice(0, left), after.slice(0, made));
    if (step === null) {
      const isRest = [...before.slice(0, left), ...after.slice(0, made)].every(isDataLength);
      return isRest ? from : null;
    }
    const places = Array.from({ length: step.taken }, (_, at) => left - step.taken + at);
    for (let at = made - step.given; at < made; at++) from[at] = places;
    left -= step.taken;
    made -= step.given;
  }
  return from;
}

function matching(
  before: readonly Quantity[],
  after: readonly Quantity[],
): { readonly taken: number; readonly given: number } | null {
  for (let sum = 2; sum <= 2 * MOST_MERGED; sum++) {
    for (let taken = 1; taken < sum; taken++) {
      const given = sum - taken;
      if (taken > before.length || given > after.length) continue;
      if (isSameProduct(productOfAll(before.slice(-taken)), productOfAll(after.slice(-given))))
        return { taken, given };
    }
  }
  return null;
}
