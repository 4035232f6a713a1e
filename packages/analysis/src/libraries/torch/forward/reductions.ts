import { isDataLength, isOne, productOfAll, quotientOf } from '../../../growth/product.ts';
import { literal, type Quantity, UNKNOWN_QUANTITY } from '../../../growth/quantity.ts';
import { tensorValue } from '../../../interpret/modules/tensors.ts';
import { list } from '../../../interpret/values/containers.ts';
import { exactInteger } from '../../../interpret/values/numbers.ts';
import { truthOf } from '../../../interpret/values/truth.ts';
import { alikeDataOf, noteCount } from '../../../network/counted.ts';
import { timesSteady } from '../../../network/data.ts';
import type { Shape, Tensor } from '../../../network/graph.ts';
import { dimensionAt, withLength } from '../../../network/layout.ts';
import { closed } from '../../../network/shape.ts';
import { noteReduced } from '../../../network/statistics.ts';
import {
  contract,
  input,
  isData,
  isOfParameters,
  scale,
  shapeOf,
  unread,
  view,
} from '../../../network/tensor.ts';
import { integersFrom, type Operation, type TensorCall, valueAt } from './operation.ts';
import { scoresOfPairs } from './pair-scores.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The listed dimensions that a reduction goes over; null where that is not known. */
function placesOf(call: TensorCall): readonly number[] | null {
  const shape = shapeOf(call.of);
  if (shape === null) return null;
  const given = valueAt(call, 'dim', 1) ?? call.args.named.get('axis');
  if (given === undefined || given.kind === 'none') return shape.dims.map((_, at) => at);
  const integers = given.kind === 'list' ? given.items.map(exactInteger) : [exactInteger(given)];
  const places = integers.map((one) => (one === undefined ? null : dimensionAt(shape, one)));
  if (places.includes(null)) return null;
  return places.filter((place) => typeof place === 'number');
}

function keepsDimension(call: TensorCall): boolean | null {
  const kept = valueAt(call, 'keepdim', 2);
  return kept === undefined ? false : truthOf(kept);
}

/** A sum: what is the data's is summed over a number of entries that stays, the rest against ones. */
function summed(given: TensorCall, how: 'sum' | 'mean'): Tensor {
  const scores = how === 'sum' && integersFrom(given, 'dim', 1)?.[0] === 1 ? scoresOfPairs(given.of) : null;
  const call = scores === null ? given : { ...given, of: scores };
  const { of, span } = call;
  const shape = shapeOf(of);
  const places = placesOf(call);
  const keeps = keepsDimension(call);
  if (isData(of))
    return ofData(of, how === 'sum' && shape !== null ? lengthOf(shape, places ?? []) : null, span);
  if (shape === null || places === null || keeps === null)
    return unread([of], `${how} over a dimension that is not known`, span);
  const growing = growingIn(shape, places);
  if (how === 'mean') return meanOver(of, { shape, places, keeps, span });
  const made = growing.length > 0 ? summedOver(of, { shape, growing, span }) : of;
  return noteReduced(relaid(made, { of, places, growing, keeps, span }), of, lengthOf(shape, growing));
}

/** The mean over dimensions, which are left as ones where they are kept. */
export function meanOver(
  of: Tensor,
  { shape, places, keeps, span }: Pick<Reduced, 'places' | 'keeps' | 'span'> & { readonly shape: Shape },
): Tensor {
  const growing = growingIn(shape, places);
  const share = quotientOf(literal(1), lengthOf(shape, growing));
  const made = growing.length > 0 ? scale(summedOver(of, { shape, growing, span }), share, span) : of;
  return noteReduced(relaid(made, { of, places, growing, keeps, span }), of, literal(1));
}

function growingIn({ dims }: Shape, places: readonly number[]): readonly number[] {
  return places.filter((place) => !isDataLength(dims[place] ?? UNKNOWN_QUANTITY));
}

function summedOver(
  of: Tensor,
  given: Pick<Reduced, 'growing' | 'span'> & { readonly shape: Shape },
): Tensor {
  return productSummed(of, given.growing, given.span) ?? againstOnes(of, given);
}

/** A mean of data, or a sum over so many entries. */
function ofData(of: Tensor, count: Quantity | null, span: TensorCall['span']): Tensor {
  const made = alikeDataOf([of], null, span);
  return count === null || isDataLength(count) ? made : timesSteady(made, count, span);
}

/** A sum of products entry by entry is one contraction: `(h * v).sum(-1)` is h·v. */
function productSummed(of: Tensor, places: readonly number[], span: TensorCall['span']): Tensor | null {
  if (of.op !== 'contract' || of.of[0] === of.of[1]) return null;
  const { left, right, out } = of.axes;
  const summedOver = places.map((place) => out[place] ?? '');
  const [mine, theirs] = of.of.map((one) => shapeOf(one));
  // Of a parameter a dimension may be 1 long, as that of (1, heads, features).
  const isWeighted = of.of.some(isOfParameters);
  const leavesOut = (names: string, shape: Shape | null | undefined) =>
    [...names].some((name, at) => !out.includes(name) && !(isWeighted && !isLong(shape?.dims[at])));
  const isProduct = !leavesOut(left, mine) && !leavesOut(right, theirs);
  const hasBoth = summedOver.every(
    (name) => isLong(mine?.dims[left.indexOf(name)]) && isLong(theirs?.dims[right.indexOf(name)]),
  );
  if (!isProduct || !hasBoth || out.length !== (shapeOf(of)?.dims.length ?? -1)) return null;
  const kept = [...out].filter((name) => !summedOver.includes(name)).join('');
  return contract(of.of[0], of.of[1], { left, right, out: kept }, span);
}

/** Whether a dimension is there, and not spread along another one. */
function isLong(length: Quantity | undefined): boolean {
  return length !== undefined && !isOne(length);
}

function againstOnes(
  of: Tensor,
  { shape, growing, span }: Pick<Reduced, 'growing' | 'span'> & { readonly shape: Shape },
): Tensor {
  const names = LETTERS.slice(0, shape.dims.length);
  const ones = input(closed(growing.map((place) => shape.dims[place] ?? UNKNOWN_QUANTITY)), span);
  const axes = {
    left: names,
    right: growing.map((place) => names[place]).join(''),
    out: [...names].filter((_, at) => !growing.includes(at)).join(''),
  };
  return contract(of, ones, axes, span);
}

function lengthOf(shape: Shape, places: readonly number[]): Quantity {
  return productOfAll(places.map((place) => shape.dims[place] ?? UNKNOWN_QUANTITY));
}

interface Reduced {
  readonly of: Tensor;
  readonly places: readonly number[];
  readonly growing: readonly number[];
  readonly keeps: boolean;
  readonly span: TensorCall['span'];
}

/** What is left of the dimensions, as ones where they are kept. */
function relaid(made: Tensor, { of, places, growing, keeps, span }: Reduced): Tensor {
  const before = shapeOf(of);
  if (before === null) return made;
  const left = before.dims.map((_, at) => at).filter((at) => !growing.includes(at));
  const kept = keeps ? before.dims.map((_, at) => at) : left.filter((at) => !places.includes(at));
  const dims = kept.map(
    (at): Quantity => (places.includes(at) ? literal(1) : (before.dims[at] ?? UNKNOWN_QUANTITY)),
  );
  const from = kept.map((at) => (left.includes(at) && !places.includes(at) ? [left.indexOf(at)] : []));
  return view(made, { shape: { dims, open: before.open }, from }, span);
}

const sum: Operation = (call) => summed(call, 'sum');
const mean: Operation = (call) => summed(call, 'mean');

/** The largest entry is of the size of any. */
const extreme: Operation = (call) => {
  const shape = shapeOf(call.of);
  const places = placesOf(call);
  const keeps = keepsDimension(call);
  if (shape === null || places === null || keeps === null)
    return unread([call.of], 'the largest over a dimension that is not known', call.span);
  const all = places.every((place) => isDataLength(shape.dims[place] ?? UNKNOWN_QUANTITY));
  if (!all && isData(call.of)) return alikeDataOf([call.of], null, call.span);
  if (!all) return unread([call.of], 'the largest along a dimension that may grow', call.span);
  return relaid(call.of, { of: call.of, places, growing: [], keeps, span: call.span });
};

/** With a dimension `max` gives the largest and where it stands. */
const extremes: Operation = (call) => {
  const made = extreme(call);
  if (made === undefined || !('op' in made)) return made;
  if (integersFrom(call, 'dim', 1) === undefined) return made;
  return list([tensorValue(made), tensorValue(input(shapeOf(made), call.span))]);
};

const topk: Operation = (call) => {
  const shape = shapeOf(call.of);
  const last = shape === null ? -1 : shape.dims.length - 1;
  const made =
    shape === null || last < 0 ? call.of : view(call.of, withLength(shape, last, literal(1)), call.span);
  return list([tensorValue(made), tensorValue(input(shapeOf(made), call.span))]);
};

/** Where something stands is data, which no gradient goes through. */
const place: Operation = (call) => placeIn(call, shapeOf(call.of));

/** Where the largest stands along a dimension: one place of each row. */
const placeOfLargest: Operation = (call) => {
  const shape = shapeOf(call.of);
  const [places, keeps] = [placesOf(call), keepsDimension(call)];
  const isKnown = shape !== null && places !== null && keeps !== null;
  const made = isKnown ? relaid(call.of, { of: call.of, places, growing: [], keeps, span: call.span }) : null;
  return placeIn(call, made && shapeOf(made));
};

function placeIn(call: TensorCall, made: Shape | null): Tensor {
  const shape = shapeOf(call.of);
  const places = input(made, call.span);
  return shape === null ? places : noteCount(places, lengthOf(shape, placesOf(call) ?? []));
}

export const REDUCTIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['sum', sum],
  ['mean', mean],
  ['amax', extreme],
  ['amin', extreme],
  ['max', extremes],
  ['min', extremes],
  ['topk', topk],
  ['sort', topk],
  ['argmax', placeOfLargest],
  ['argmin', placeOfLargest],
  ['argsort', place],
  ['multinomial', place],
]);
