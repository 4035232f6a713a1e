import { isDataLength, isSameProduct, productOfAll, quotientOf } from '../growth/product.ts';
import { literal, pair, type Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { isZero, mayLeaveFew, noteZerosBeside } from './density.ts';
import { sum } from './elementwise.ts';
import type { Shape, Tensor } from './graph.ts';
import { dimensionAt, withLength } from './layout.ts';
import { withRank } from './shape.ts';
import { isData, shapeOf, unread, view } from './tensor.ts';
import { besideZeros } from './zeros-beside.ts';

/** One behind the other: a sum of what each is with zeros around it. */
export function concatenated(all: readonly Tensor[], dim: number, span: Span): Tensor {
  const given = all.map(shapeOf).filter((shape) => shape !== null);
  if (given.length < all.length) return unread(all, 'tensors of unknown shape, joined', span);
  // What is joined has as many dimensions.
  const whole = given.find(({ open }) => !open);
  const known = whole === undefined ? given : given.map((shape) => withRank(shape, whole.dims.length));
  const places = known.map((shape) => dimensionAt(shape, dim));
  if (places.includes(null)) return unread(all, 'tensors joined along a dimension that is not known', span);
  const lengths = known.flatMap((shape, at): Quantity[] => {
    const place = places[at];
    const length = typeof place === 'number' ? shape.dims[place] : undefined;
    return length === undefined ? [] : [length];
  });
  if (lengths.length < all.length) return sum([...new Set(all)], span);
  const total = totalOf(lengths);
  const padded = all.map((one, at) => {
    const [shape, place] = [known[at], places[at]];
    if (shape === undefined || typeof place !== 'number') return one;
    return view(one, withLength(isData(one) ? beside(known, shape, place) : shape, place, total), span);
  });
  if (padded.length === 1) return padded[0] ?? unread(all, 'nothing, joined', span);
  const made = sum([...new Set(padded)], span);
  return isDataLength(total) ? made : withZeros(made, all, { lengths, whole: total });
}

interface Lengths {
  readonly lengths: readonly Quantity[];
  readonly whole: Quantity;
}

/** What is joined, of which stretches may be zeros, or hardly anything else. */
function withZeros(made: Tensor, all: readonly Tensor[], { lengths, whole }: Lengths): Tensor {
  const parts = all.flatMap((of, at) => {
    const length = lengths[at];
    return length === undefined ? [] : [{ data: of, length }];
  });
  const isEmpty = ({ data }: { readonly data: Tensor }) =>
    isZero(data) || (isData(data) && mayLeaveFew(data));
  const filled = parts.filter((part) => !isEmpty(part));
  if (filled.length === parts.length) return made;
  if (!all.every(isData)) return besideZeros(made, { filled: filled.map(({ length }) => length), whole });
  return noteZerosBeside(
    made,
    filled,
    parts.filter(isEmpty).map(({ length }) => length),
  );
}

/** The shape of data with those lengths of the others that they leave open: all but one are the same. */
function beside(others: readonly Shape[], { dims, open }: Shape, place: number): Shape {
  const each = dims.map((length, at) => {
    const known = isDataLength(length) ? others.find((one) => isListed(one.dims[at])) : undefined;
    return at === place ? length : (known?.dims[at] ?? length);
  });
  return { dims: each, open };
}

function isListed(length: Quantity | undefined): boolean {
  return length !== undefined && length.op !== 'unknown' && !isDataLength(length);
}

/** How long several lengths are one behind the other. */
function totalOf(lengths: readonly Quantity[]): Quantity {
  return lengths.reduce((left, right) => sumOf(left, right));
}

/** How long two lengths are one behind the other. */
export function sumOf(left: Quantity, right: Quantity): Quantity {
  const whole = wholeOf(left, right) ?? wholeOf(right, left);
  if (whole !== null) return whole;
  if (left.op === 'literal' && right.op === 'literal') return literal(left.value + right.value);
  const ratio = quotientOf(right, left);
  if (ratio.op === 'literal') return productOfAll([literal(1 + ratio.value), left]);
  return pair('add', left, right);
}

/** How long that is of which one length is a part and the other the rest, as `x[..., :k]` and `x[..., k:]`; else null. */
function wholeOf(part: Quantity, rest: Quantity): Quantity | null {
  return rest.op === 'subtract' && isSameProduct(rest.right, part) ? rest.left : null;
}
