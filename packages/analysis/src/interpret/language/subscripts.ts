import { DATA_LENGTH, isDataLength, productKey } from '../../growth/product.ts';
import {
  exactValue,
  isPartlyUnknown,
  literal,
  type Quantity,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import { lookup } from '../../network/elementwise.ts';
import type { Part, Shape, Tensor } from '../../network/graph.ts';
import { type Layout, UNKNOWN_LAYOUT } from '../../network/layout.ts';
import { withRank } from '../../network/shape.ts';
import { AGAIN, mayTakeAgain } from '../../network/taken-again.ts';
import { isData, noteSome, partOf, rescaled, shapeOf, view } from '../../network/tensor.ts';
import type { SubscriptPlace } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import { isSingleEntry } from '../modules/single-entry.ts';
import { type Place, partOfParameter, tensorIn, tensorValue } from '../modules/tensors.ts';
import { exactInteger, isNumeric, quantityOf } from '../values/numbers.ts';
import { placesOf } from '../values/places.ts';
import { lengthIn, sliceOfShape } from '../values/shapes.ts';
import { type ShapeValue, UNKNOWN, type Value } from '../values/value.ts';
import { isLeftOut, isOfOne, lengthOfSlice, type Slice } from './slice-lengths.ts';

/** What stands between the brackets, evaluated. */
export type Subscript =
  | { readonly kind: 'index'; readonly value: Value }
  | ({ readonly kind: 'slice' } & Slice)
  | { readonly kind: 'rest' };

/** What stands between the brackets of `x[a, 1:n, ...]`, place by place. */
export function evaluatePlaces(places: readonly SubscriptPlace[], frame: Frame): readonly Subscript[] {
  const known = (bound: Extract<SubscriptPlace, { kind: 'index' }>['value'] | null) =>
    bound === null ? null : frame.evaluate(bound);
  return places.map((place): Subscript => {
    if (place.kind === 'rest') return place;
    if (place.kind === 'index') return { kind: 'index', value: frame.evaluate(place.value) };
    return { kind: 'slice', from: known(place.start), to: known(place.stop), step: known(place.step) };
  });
}

/** What a subscript takes of a shape, tensor or parameter; undefined for anything else. */
export function subscripted(value: Value, subscripts: readonly Subscript[], place: Place): Value | undefined {
  if (value.kind === 'shape') return partOfShape(value, subscripts);
  if (value.kind === 'tensor') {
    if (subscripts.every(isAll)) return value;
    return { ...value, tensor: partOfTensor(value.tensor, subscripts, place) };
  }
  if (value.kind !== 'parameter') return undefined;
  const tensor = tensorIn(value, place.frame);
  const part = tensor && partOfTensor(tensor, subscripts, place);
  // Rows of a table for each of the data's entries are features, as an embedding's are.
  return part?.op === 'contract' ? tensorValue(part) : partOfParameter(value, part);
}

/** Whether the places in the brackets are a single entry of a parameter, of many. */
export function isEntryOf(container: Value, places: readonly SubscriptPlace[], place: Place): boolean {
  if (container.kind !== 'parameter') return false;
  const part = subscripted(container, evaluatePlaces(places, place.frame), place);
  return part !== undefined && isSingleEntry(part, place.frame);
}

/** `shape[…]` of a shape that is not wholly known. */
function partOfShape(shape: ShapeValue, subscripts: readonly Subscript[]): Value {
  const [only, ...more] = subscripts;
  if (only === undefined || more.length > 0) return UNKNOWN;
  if (only.kind === 'index') return lengthIn(shape, only.value);
  return only.kind === 'slice' && only.step === null ? sliceOfShape(shape, only.from, only.to) : UNKNOWN;
}

/** `x[…]` of a tensor. */
function partOfTensor(tensor: Tensor, subscripts: readonly Subscript[], place: Place): Tensor {
  const { frame, span } = place;
  const [only] = subscripts;
  if (subscripts.length === 1 && only?.kind === 'index' && tensor.op === 'weight') {
    const at = tensorIn(only.value, frame);
    if (at !== null && isData(at) && shapeOf(tensor)?.dims.length === 2) return lookup(at, tensor, span);
  }
  const places = subscripts.flatMap((one) =>
    one.kind === 'index' ? (tensorIn(one.value, frame) ?? []) : [],
  );
  if (places.some((one) => mayTakeAgain(tensor, one))) return rescaled([tensor], AGAIN, span);
  const shape = shapeOf(tensor);
  const stretches = shape?.open === false ? oneByOne(subscripts) : null;
  if (stretches !== null)
    return partOfTensor(partOfTensor(tensor, stretches.first, place), stretches.rest, place);
  const taken = shape === null ? null : take(shape, subscripts, frame);
  const { layout, part } = taken ?? { layout: UNKNOWN_LAYOUT, part: null };
  const apart = part ?? (isData(tensor) ? entryOfData(subscripts) : null);
  if (apart !== null) return partOf(tensor, apart, layout, span);
  const made = view(tensor, layout, span);
  return layout.shape === null ? noteSome(made) : made;
}

/** Which of a batch or of tokens it is, `x[:, 1]`: data of two places are two; null where the code does not say. */
function entryOfData(subscripts: readonly Subscript[]): Part | null {
  const places = subscripts.flatMap((one, at) => {
    const place = one.kind === 'index' ? exactInteger(one.value) : undefined;
    return place === undefined ? [] : [`${at}: ${place}`];
  });
  return places.length === 0 ? null : { dim: UNLISTED, name: places.join(', ') };
}

/** The place of a dimension that a shape does not list. */
const UNLISTED = -1;

/** Stretches of several dimensions, `x[:, :h, :w]`, as `x[:, :h][:, :, :w]`; null where it is one, or entries are taken, too. */
function oneByOne(
  subscripts: readonly Subscript[],
): Readonly<Record<'first' | 'rest', readonly Subscript[]>> | null {
  const place = subscripts.findIndex((one) => !isAll(one));
  const isOneOfMany = subscripts.slice(place + 1).some((one) => !isAll(one));
  if (place < 0 || !isOneOfMany || subscripts.some(({ kind }) => kind !== 'slice')) return null;
  return {
    first: subscripts.slice(0, place + 1),
    rest: subscripts.map((one, at) => (at === place ? WHOLE : one)),
  };
}

const WHOLE: Subscript = { kind: 'slice', from: null, to: null, step: null };

interface Taken {
  readonly layout: Layout;
  readonly part: Part | null;
}

/** What is left of each dimension. */
function take(shape: Shape, subscripts: readonly Subscript[], frame: Frame): Taken | null {
  const rest = subscripts.findIndex(({ kind }) => kind === 'rest');
  if (rest < 0 && shape.open) return takeFront(shape, subscripts, frame);
  const front = rest < 0 ? subscripts : subscripts.slice(0, rest);
  const back = rest < 0 ? [] : subscripts.slice(rest + 1);
  const behind = back.filter(isOfDimension).length;
  if (behind > shape.dims.length) return null;
  const cells: Cells = { dims: [], from: [], part: null };
  // Those in front of an open shape are the data's.
  const until = shape.dims.length - behind;
  const before = shape.open ? 0 : takeSome(cells, front, { dims: shape.dims, at: 0, frame });
  if (before === null || before > until) return null;
  for (let at = before; at < until; at++) push(cells, shape.dims[at], [at]);
  if (takeSome(cells, back, { dims: shape.dims, at: until, frame }) === null) return null;
  return { layout: { shape: { dims: cells.dims, open: shape.open }, from: cells.from }, part: cells.part };
}

/** Takes what subscripts say of dimensions one after the other; answers which comes next, null where one is not understood. */
function takeSome(
  cells: Cells,
  subscripts: readonly Subscript[],
  { dims, at, frame }: { readonly dims: readonly Quantity[]; readonly at: number; readonly frame: Frame },
): number | null {
  let next = at;
  for (const subscript of subscripts) {
    if (!isOfDimension(subscript)) {
      push(cells, literal(1), []);
      continue;
    }
    const dim = dims[next];
    if (dim === undefined || !takeOne(cells, { subscript, dim, at: next }, frame)) return null;
    next++;
  }
  return next;
}

/** The front of an open shape is the data's: what is taken there leaves the listed dimensions as they are. */
function takeFront(shape: Shape, subscripts: readonly Subscript[], frame: Frame): Taken | null {
  const ofDimensions = subscripts.filter(isOfDimension);
  const count = ofDimensions.length;
  // One of what the model is given, `batch[0]`, may be a tensor of any number of dimensions as well.
  const isOneOfData = count === 1 && shape.dims.length === 0 && ofDimensions[0]?.kind === 'index';
  if (isOneOfData && subscripts.length === 1) return { layout: { shape, from: [] }, part: null };
  const rank = Math.max(count, shape.dims.length + 1);
  const listed = subscripts.slice(Math.max(0, rank - shape.dims.length));
  const isShort = count <= 2 && listed.some((one) => one.kind === 'index' && isOfDimension(one));
  const full = withRank(shape, isShort ? rank + 1 : rank);
  const taken = take(full, subscripts, frame);
  if (taken === null) return null;
  if (count === 2 && listed.some((one) => one.kind === 'slice' && !isWhole(one)) && shape.dims.length > 0)
    return null;
  return taken;
}

/** Whether it takes all of a dimension, or each second entry: with a step that may grow, `::n`, it takes few. */
function isWhole(subscript: Subscript): boolean {
  if (subscript.kind !== 'slice' || subscript.from !== null || subscript.to !== null) return false;
  return isLeftOut(subscript.step) || exactInteger(subscript.step) !== undefined;
}

function isAll(subscript: Subscript): boolean {
  return subscript.kind === 'rest' || (isWhole(subscript) && 'step' in subscript && subscript.step === null);
}

/** Whether a subscript is about one of the dimensions that are there: None makes a new one. */
function isOfDimension(subscript: Subscript): boolean {
  return subscript.kind === 'slice' || (subscript.kind === 'index' && subscript.value.kind !== 'none');
}

interface Cells {
  dims: Quantity[];
  from: (readonly number[])[];
  part: Part | null;
}

function push(cells: Cells, dim: Quantity | undefined, from: readonly number[]): void {
  cells.dims.push(dim ?? UNKNOWN_QUANTITY);
  cells.from.push(from);
}

interface One {
  readonly subscript: Subscript;
  readonly dim: Quantity;
  readonly at: number;
}

/** Takes some of one dimension; answers whether that is understood. */
function takeOne(cells: Cells, { subscript, dim, at }: One, frame: Frame): boolean {
  const isFeature = !isDataLength(dim) && exactOne(dim) === undefined;
  if (subscript.kind === 'index') {
    if (tensorIn(subscript.value, frame) !== null || subscript.value.kind === 'list') {
      push(cells, isFeature ? UNKNOWN_QUANTITY : DATA_LENGTH, [at]);
      return !isFeature;
    }
    return isDataLength(dim) || addPart(cells, entryAt(subscript.value, at));
  }
  if (subscript.kind !== 'slice' || isWhole(subscript)) {
    push(cells, dim, [at]);
    return true;
  }
  if (isDataLength(dim)) {
    push(cells, isOfOne(subscript) ? literal(1) : dim, [at]);
    return true;
  }
  return takeSlice(cells, { subscript, dim, at });
}

function takeSlice(
  cells: Cells,
  {
    subscript: { from, to, step },
    dim,
    at,
  }: {
    readonly subscript: Slice;
    readonly dim: Quantity;
    readonly at: number;
  },
): boolean {
  const name = [from, to, step].map((bound) => (bound === null ? '' : nameOf(bound))).join(':');
  push(cells, lengthOfSlice({ from, to, step }, dim), [at]);
  return addPart(cells, { dim: at, name });
}

/** The entry of a dimension at an index; what counts the rounds of a loop is each of several. */
function entryAt(index: Value, dim: number): Part {
  const name = nameOf(index);
  const isOne = index.kind === 'number' || index.kind === 'opaque';
  const isPlace = isOne && isNumeric(index) && !isPartlyUnknown(quantityOf(index));
  return isPlace && placesOf(quantityOf(index)) === null ? { dim, name, isEntry: true } : { dim, name };
}

/** Only of one dimension a part is taken at a time. */
function addPart(cells: Cells, part: Part): boolean {
  if (cells.part !== null) return false;
  cells.part = part;
  return true;
}

function exactOne(dim: Quantity): number | undefined {
  const exact = exactValue(dim);
  return exact?.denominator === 1 && exact.numerator === 1 ? 1 : undefined;
}

function nameOf(bound: Value): string {
  const at = exactInteger(bound);
  return at === undefined ? (isNumeric(bound) ? productKey(quantityOf(bound)) : bound.kind) : String(at);
}
