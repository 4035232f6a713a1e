import { DATA_LENGTH, isDataLength, isOne, isSameProduct, productOfAll, restOf } from '../growth/product.ts';
import { isPartlyUnknown, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { Shape } from './graph.ts';

/** Of what a model is given: any number of dimensions, as long as the data has them. */
export const ANY_DATA: Shape = { dims: [], open: true };

/** A shape all of whose dimensions are listed. */
export function closed(dims: readonly Quantity[]): Shape {
  return { dims, open: false };
}

/** Whether it is that of one number. */
export function isScalar(shape: Shape | null): boolean {
  return shape?.dims.length === 0 && !shape.open;
}

/** Whether it may be any. */
export function isAnyShape(shape: Shape | null): boolean {
  return shape?.dims.length === 0 && shape.open;
}

/** How long the last dimension is; null where that is not known. */
export function lastOf(shape: Shape | null): Quantity | null {
  if (shape === null) return null;
  return shape.dims.at(-1) ?? (shape.open ? DATA_LENGTH : null);
}

/** The place among the listed dimensions: below 0 for one before them; null where it is not known. */
function placeIn({ dims, open }: Shape, index: number): number | null {
  if (index < 0) return dims.length + index;
  if (!open) return index < dims.length ? index : null;
  // However many stand before those that are listed, one of the first of these is reached: all are the data's.
  return dims.length === 0 || (index < dims.length && dims.slice(0, index + 1).every(isDataLength))
    ? -1
    : null;
}

/** How long a dimension is, counted as the framework does. Those before the listed ones are the data's. */
export function lengthAt(shape: Shape | null, index: number): Quantity {
  if (shape === null) return UNKNOWN_QUANTITY;
  // What is given to a model comes in batches.
  if (shape.open && index === 0) return DATA_LENGTH;
  const place = placeIn(shape, index);
  if (place === null) return UNKNOWN_QUANTITY;
  return shape.dims[place] ?? (shape.open ? DATA_LENGTH : UNKNOWN_QUANTITY);
}

/** The same with so many dimensions listed, where that may be. */
export function listed(shape: Shape, count: number): Shape {
  const { dims, open } = shape;
  const missing = count - dims.length;
  if (!open || missing <= 0) return shape;
  return { dims: [...Array.from({ length: missing }, () => DATA_LENGTH), ...dims], open };
}

/** An open shape of which it has come out how many dimensions it has. */
export function withRank(shape: Shape, rank: number): Shape {
  if (!shape.open || shape.dims.length > rank) return shape;
  return closed(listed(shape, rank).dims);
}

/**
 * The lengths that two tensors have together, last ones first met: one is spread along what the other alone has.
 * Null where they do not go together.
 */
export function broadcast(left: Shape, right: Shape): Shape {
  const count = Math.max(left.dims.length, right.dims.length);
  const dims = Array.from({ length: count }, (_, index) => {
    const back = count - index;
    const [mine, theirs] = [left.dims.at(-back), right.dims.at(-back)];
    if (mine === undefined) return theirs === undefined ? UNKNOWN_QUANTITY : besideUnlisted(theirs, left);
    return theirs === undefined ? besideUnlisted(mine, right) : longer(mine, theirs);
  });
  return { dims, open: left.open || right.open };
}

/** The lengths that some tensors have together; null where those of one are not known. */
export function broadcastAll(shapes: readonly (Shape | null)[]): Shape | null {
  return shapes.reduce((left, right) => left && right && broadcast(left, right));
}

/** What remains of a length beside one that the other shape does not list: what is 1 gives way to the data's. */
function besideUnlisted(length: Quantity, { open }: Shape): Quantity {
  return open && isOne(length) ? DATA_LENGTH : length;
}

/** Which of two lengths remains: 1 gives way, and the data's and what a condition decides to what is known. */
function longer(mine: Quantity, theirs: Quantity): Quantity {
  if (isOne(mine)) return theirs;
  if (isOne(theirs)) return mine;
  if (mine.op === 'unknown' || mine.op === 'either' || isDataLength(mine)) return theirs;
  return mine;
}

/** Whether two lengths that stand above one another are one dimension, of which neither is spread along the other. */
export function isOneDimension(mine: Quantity, theirs: Quantity): boolean {
  if (isSameProduct(mine, theirs)) return true;
  if (isOne(mine) || isOne(theirs)) return false;
  return isDataLength(mine) === isDataLength(theirs);
}

/** One of the lengths that a reshape names: `rest` is what is left for it. */
export type Length = Quantity | 'rest';

/** The shape that a reshape gives; `rest` needs to know what there was. */
export function reshaped(from: Shape | null, lengths: readonly Length[], open: boolean): Shape {
  const given = lengths.filter((length) => length !== 'rest');
  const dims = lengths.map((length) => (length === 'rest' ? restIn(from, given, open) : length));
  return { dims: from === null ? dims : withDataBeside(dims, from), open };
}

/** Lengths beside those that make up all that is not the data's are the data's: `x.view(b, t, h, n // h)`, `x.view(b, n, h, w)`. */
export function withDataBeside(dims: readonly Quantity[], from: Shape): readonly Quantity[] {
  const own = from.dims.filter((dim) => !isDataLength(dim));
  const known = dims.filter((dim) => !isPartlyUnknown(dim) && !isDataLength(dim));
  if (!dims.some(isPartlyUnknown) || own.length === 0 || (!from.open && own.length === from.dims.length))
    return dims;
  const isAll = !own.some(isPartlyUnknown) && isSameProduct(productOfAll(known), productOfAll(own));
  return isAll ? dims.map((dim) => (isPartlyUnknown(dim) ? DATA_LENGTH : dim)) : dims;
}

function restIn(from: Shape | null, given: readonly Quantity[], open: boolean): Quantity {
  if (from === null || from.dims.some(({ op }) => op === 'unknown')) return UNKNOWN_QUANTITY;
  const all = from.open || open ? [DATA_LENGTH, ...from.dims] : from.dims;
  return restOf(all, given);
}
