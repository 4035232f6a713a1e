import { isDataLength, isOne, isSameProduct } from '../growth/product.ts';
import { exactValue, literal, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { asCounted, timesNumber } from './counted.ts';
import { dataOf, factorIn, timesSteady } from './data.ts';
import {
  densityOf,
  FEWER,
  isSteady,
  keepsSums,
  maskedBy,
  mayCancel,
  mayLeaveFew,
  mayTakeFeatures,
  thinned,
  withEntriesLeft,
} from './density.ts';
import type { Multiple, Shape, Tensor } from './graph.ts';
import { once } from './once.ts';
import { noteRows } from './ranks.ts';
import { broadcast, isOneDimension, lastOf } from './shape.ts';
import {
  add,
  anyMultiple,
  contract,
  input,
  isData,
  isOfParameters,
  partOf,
  rescaled,
  scale,
  shapeOf,
  sumsOver,
  unread,
  view,
} from './tensor.ts';

/** x + y, of which one may be spread along the other; data of unknown shape is spread along what it is added to. */
export function sum(given: readonly Tensor[], span: Span | null): Tensor {
  const of = given.every(isData) ? given : given.map((one) => asCounted(one, span));
  if (mayCancel(of) && of.every(isOfParameters) && !of.every(isData)) return rescaled(of, FEWER, span);
  const shapes = of.filter((one) => shapeOf(one) !== null || !isData(one)).map(shapeOf);
  const known = shapes.filter((shape) => shape !== null);
  const together = known.length === 0 ? null : known.reduce(broadcast);
  return add(of, known.length === shapes.length ? together : null, span);
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Names for axes, each handed out once. */
export function axisNames(): () => string {
  let next = 0;
  return () => LETTERS[next++] ?? '';
}

/** x · y entry by entry: a gate, a gain, a mask. */
export function product(left: Tensor, right: Tensor, span: Span | null): Tensor {
  return isData(left) === isData(right)
    ? productOf(left, right, span)
    : productOf(asCounted(left, span), asCounted(right, span), span);
}

function productOf(left: Tensor, right: Tensor, span: Span | null): Tensor {
  if (isMultipleOfGain(right) && !isData(left))
    return productOf(multiple(left, right.factor, span), right.of, span);
  const ofRight = isData(left) ? null : multipleOfData(right);
  if (ofRight !== null) return productOf(multiple(left, ofRight.factor, span), ofRight.of, span);
  const ofLeft = isData(right) ? null : multipleOfData(left);
  if (ofLeft !== null) return productOf(ofLeft.of, multiple(right, ofLeft.factor, span), span);
  if (isMaskOf(right, left)) return maskedBy(left, right, span);
  if (isMaskOf(left, right)) return maskedBy(right, left, span);
  if (isNumber(right)) return timesOne(left, right, span);
  if (isNumber(left)) return timesOne(right, left, span);
  const [mine, theirs] = [shapeOf(left), shapeOf(right)];
  if (mine === null || theirs === null) return productWithUnknown(left, right, span);
  const axes = productAxes(mine, theirs);
  if (isMatrixThatIsGated(left, right))
    return rescaled([left, right], 'a matrix times what is made of parameters', span);
  return axes === null
    ? unread([left, right], 'a product of tensors of so many dimensions', span)
    : contract(left, right, axes, span);
}

/**
 * Whether one of two is a matrix of parameters and the other what a nonlinearity makes of parameters: whether what the
 * product is applied to adds up is not known, as it is of a matrix alone.
 */
function isMatrixThatIsGated(left: Tensor, right: Tensor): boolean {
  const all = [left, right];
  const isMatrix = all.some((one) => !isData(one) && (shapeOf(one)?.dims.length ?? 0) > 1);
  return isMatrix && all.every(isOfParameters) && all.some(isActed);
}

function isActed(tensor: Tensor): boolean {
  return tensor.op === 'act' || (tensor.op === 'view' && isActed(tensor.of));
}

/** A tensor times a number; of what data is multiplied with entry by entry, as by a mask, the number is the other's. */
export function multiple(of: Tensor, factor: Quantity, span: Span | null): Tensor {
  if (of.op !== 'contract') return timesNumber(of, factor, span);
  const [left, right] = of.of;
  if (isData(left) === isData(right) || sumsOver(of)) return scale(of, factor, span);
  return isData(left)
    ? contract(left, multiple(right, factor, span), of.axes, of.span)
    : contract(multiple(left, factor, span), right, of.axes, of.span);
}

/** A tensor times data that is one number: 0, of size Θ(1), or one that is not known. */
function timesOne(of: Tensor, number: Tensor, span: Span | null): Tensor {
  if (number.op !== 'input') return scale(of, literal(0), span);
  return number.fill?.std.op === 'unknown' ? anyMultiple([of], 'a product with an unset number', span) : of;
}

/** Whether data is one number as it was made, or 0 times that. */
function isNumber(tensor: Tensor): boolean {
  const shape = shapeOf(tensor);
  return (
    (tensor.op === 'input' || isZeroOfData(tensor)) &&
    shape !== null &&
    !shape.open &&
    shape.dims.length <= 1 &&
    shape.dims.every(isOne)
  );
}

function isZeroOfData(tensor: Tensor): boolean {
  return tensor.op === 'scale' && tensor.of.op === 'input' && exactValue(tensor.factor)?.numerator === 0;
}

/**
 * Whether data of size Θ(1) has a number for each entry of a matrix of parameters, or for each of its rows or columns, as a
 * mask of its connections or the noise on it.
 */
function isMaskOf(data: Tensor, matrix: Tensor): boolean {
  const [mine, theirs] = [shapeOf(data), shapeOf(matrix)];
  if (!isData(data) || isData(matrix) || !isOfParameters(matrix)) return false;
  if (mine === null || theirs === null || mine.open || theirs.open || theirs.dims.length < 2) return false;
  const spread = theirs.dims.length - mine.dims.length;
  return (
    spread >= 0 &&
    mine.dims.every(
      (dim, at) => isOne(dim) || isSameProduct(dim, theirs.dims[at + spread] ?? UNKNOWN_QUANTITY),
    )
  );
}

/** Whether a gain is a parameter times a number that the code does not spell out: h · (g/n) is h/n · g. */
function isMultipleOfGain(tensor: Tensor): tensor is Multiple {
  return tensor.op === 'scale' && tensor.of.op === 'weight' && exactValue(tensor.factor) === undefined;
}

/** What data is a multiple of, maybe in another shape, by a number that the code does not spell out; null for none. */
function multipleOfData(tensor: Tensor): Pick<Multiple, 'of' | 'factor'> | null {
  if (!isData(tensor)) return null;
  if (tensor.op === 'scale' && exactValue(tensor.factor) === undefined) return tensor;
  if (tensor.op !== 'view' && tensor.op !== 'scale') return null;
  const below = multipleOfData(tensor.of);
  if (below === null) return null;
  if (tensor.op === 'scale') {
    const of =
      tensor.thinned === true ? thinned(below.of, tensor.span) : scale(below.of, tensor.factor, tensor.span);
    return { of, factor: below.factor };
  }
  const { shape, from, part, span } = tensor;
  const of =
    part === null ? view(below.of, { shape, from }, span) : partOf(below.of, part, { shape, from }, span);
  return { of, factor: below.factor };
}

/** Data of unknown shape leaves what it is multiplied with as large as it was, but for what numbers in it were multiplied with. */
function productWithUnknown(left: Tensor, right: Tensor, span: Span | null): Tensor {
  const [mine, theirs] = [shapeOf(left), shapeOf(right)];
  if (mayLeaveFewer(right, left) || mayLeaveFewer(left, right)) return rescaled([left, right], FEWER, span);
  const features = [left, right].find((one) => !isData(one));
  if (features !== undefined && [left, right].some((one) => isData(one) && mayTakeFeatures(one)))
    return spread(rescaled([left, right], FEWER, span), shapeOf(features), span);
  if (isData(left))
    return isData(right)
      ? dataOf([left, right], mine ?? theirs, span)
      : spread(timesFactorIn(left, right, span), mine, span);
  if (isData(right)) return spread(timesFactorIn(right, left, span), theirs, span);
  return unread([left, right], 'a product of tensors of unknown shape', span);
}

/**
 * What a mask leaves of a tensor: of a matrix of parameters as many entries as it shows to be a share, of features those
 * that it has not taken.
 *
 * @param mask what is left, where it is data; null for one that is not known
 */
export function leftBy(of: Tensor, mask: Tensor | null, span: Span | null): Tensor {
  const isShare = mask !== null && densityOf(mask).nonzero === true;
  if (isOfParameters(of)) return withEntriesLeft(of, isShare, span);
  return mask === null || isShare || isData(of) || !isData(mask) || !mayLeaveFew(mask)
    ? of
    : product(of, mask, span);
}

/** Whether data that code makes may be a mask of a matrix of parameters that leaves ever fewer of its entries. */
function mayLeaveFewer(data: Tensor, matrix: Tensor): boolean {
  const shape = shapeOf(matrix);
  if (!isData(data) || isData(matrix) || ![data, matrix].every(isOfParameters)) return false;
  return shape !== null && shape.dims.length > 1 && !isSteady(shape) && !keepsSums(data);
}

function timesFactorIn(data: Tensor, of: Tensor, span: Span | null): Tensor {
  const factor = factorIn(data);
  return factor === null ? of : timesSteady(of, factor, span);
}

/** A tensor in the shape of what it is multiplied with, where its own is not known. */
function spread(of: Tensor, shape: Shape | null, span: Span | null): Tensor {
  return shapeOf(of) !== null || shape === null ? of : asIs(of, shape, span);
}

function productAxes(mine: Shape, theirs: Shape): { left: string; right: string; out: string } | null {
  const next = axisNames();
  const count = Math.max(mine.dims.length, theirs.dims.length);
  if (2 * count > LETTERS.length) return null;
  let [left, right, out] = ['', '', ''];
  for (let back = count; back > 0; back--) {
    const [one, other] = [mine.dims.at(-back), theirs.dims.at(-back)];
    const here = one === undefined ? '' : next();
    const there = one !== undefined && other !== undefined && isOneDimension(one, other) ? here : next();
    if (one !== undefined) left += here;
    if (other !== undefined) right += there;
    out += remains(one, other) === 'left' ? here : there;
  }
  return { left, right, out };
}

/** Whose dimension the product has: one that is 1 gives way, and the data's to what is known. */
function remains(one: Quantity | undefined, other: Quantity | undefined): 'left' | 'right' {
  if (one === undefined) return 'right';
  if (other === undefined || isOne(other)) return 'left';
  return isOne(one) || isDataLength(one) ? 'right' : 'left';
}

/** One row of a table for each number that it is given: rows are as large as they are, whatever the numbers come from. */
export function lookup(of: Tensor, table: Tensor, span: Span | null): Tensor {
  const rows = shapeOf(table);
  const [count] = rows?.dims ?? [];
  const shape = shapeOf(of);
  if (rows === null || rows.dims.length !== 2 || count === undefined || !isData(of)) {
    return unread([of, table], 'a lookup of what is not data', span);
  }
  const given = shape ?? { dims: [], open: true };
  const oneHot = view(
    of.op === 'input' && of.fill === null ? of : numbersOf(of),
    {
      shape: { dims: [...given.dims, count], open: given.open },
      from: [...given.dims.map((_, at) => [at]), []],
    },
    span,
  );
  const before = 'abcdefghijklmn'.slice(0, given.dims.length);
  const made = contract(oneHot, table, { left: `${before}z`, right: 'zy', out: `${before}y` }, span);
  noteRows(of, made);
  return made;
}

/** The numbers of data without how large they are; of what a model is given they are given. */
function numbersOf(of: Tensor): Tensor {
  const shape = shapeOf(of);
  return isOfParameters(of)
    ? input(shape, of.span)
    : once(of, 'numbers', { op: 'input', shape, span: null, fill: null });
}

/** A tensor of which the shape has come out. */
export function asIs(of: Tensor, shape: Shape, span: Span | null): Tensor {
  return view(of, { shape, from: shape.dims.map(() => []) }, span);
}

/** Times a gain along the last dimension, as long as that is. */
export function gained(of: Tensor, gain: Tensor, span: Span | null): Tensor {
  const last = lastOf(shapeOf(of));
  if (shapeOf(gain) !== null || last === null) return product(of, gain, span);
  return product(of, asIs(gain, { dims: [last], open: false }, span), span);
}
