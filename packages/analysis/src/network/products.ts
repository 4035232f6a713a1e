import { DATA_LENGTH, isDataLength, isOne } from '../growth/product.ts';
import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { identityFactor } from './data.ts';
import { asIs, axisNames, multiple } from './elementwise.ts';
import type { Shape, Tensor } from './graph.ts';
import { appliedMatrix, isMadeMatrix, productOf } from './made-matrix.ts';
import { isAnyShape, isOneDimension, listed } from './shape.ts';
import { withSummed } from './summed-length.ts';
import { type Axes, isData, isOfParameters, shapeOf, unread, view } from './tensor.ts';

/** More dimensions than tensors have. */
const MOST_DIMENSIONS = 12;

/** x y over the last dimension of one and the last but one of the other; those before go together. */
export function matmul(left: Tensor, right: Tensor, span: Span | null): Tensor {
  const theirs = shapeOf(right);
  const identity = identityFactor(right);
  if (identity !== null) return multiple(left, identity, span);
  if (mixesPositions(left, theirs)) {
    const mixed = product(asIs(left, TWO_OF_DATA, span), asIs(right, listed(theirs, 2), span), span);
    return asIs(mixed, theirs, span);
  }
  return product(theirs === null ? left : withLast(left, theirs, span), right, span);
}

/** Whether what a matrix sums over are the data's entries, as an attention's weights do: features then have those before them. */
function isOfEntries(left: Shape | null, right: Shape): boolean {
  const [features, ...more] = right.dims;
  const [last, rows] = [left?.dims.at(-1), left?.dims.at(-2)];
  if (!right.open || features === undefined || more.length > 0 || isDataLength(features)) return false;
  return last !== undefined && rows !== undefined && isDataLength(last);
}

function product(left: Tensor, right: Tensor, span: Span | null): Tensor {
  const [mine, theirs] = [shapeOf(left), shapeOf(right)];
  if (theirs !== null && isOfEntries(mine, theirs)) {
    const shape: Shape = { dims: [DATA_LENGTH, ...theirs.dims], open: true };
    return product(left, view(right, { shape, from: [[], [0]] }, span), span);
  }
  const axes = mine === null || theirs === null ? null : matmulAxes(mine, theirs);
  if (axes !== null && !isOfParameters(left) && isMadeMatrix(right))
    return appliedMatrix(left, right, 0, span);
  return axes === null
    ? unread([left, right], 'a matrix product of tensors of unknown shape', span)
    : productOf(left, right, axes, span);
}

/** As many dimensions as a matrix of the data has, and any before them. */
const TWO_OF_DATA: Shape = { dims: [DATA_LENGTH, DATA_LENGTH], open: true };

/** Whether the data, as a graph that is given beside its nodes, is multiplied with features, which stand last. */
function mixesPositions(left: Tensor, right: Shape | null): right is Shape {
  const shape = shapeOf(left);
  const isGiven = isData(left) && isAnyShape(shape);
  if (!isGiven || right === null || !right.open) return false;
  return right.dims.length > 0 && right.dims.slice(0, -1).every(isDataLength);
}

/** A tensor whose last dimension is not known has the one that the matrix sums over. */
function withLast(of: Tensor, matrix: Shape, span: Span | null): Tensor {
  const shape = shapeOf(of);
  const summed = matrix.open || matrix.dims.length !== 2 ? undefined : matrix.dims[0];
  const isOneNumber = shape !== null && shape.dims.length === 0 && !shape.open;
  return summed === undefined || isOneNumber ? of : withSummed(of, summed, span);
}

function matmulAxes(mine: Shape, theirs: Shape): Axes | null {
  const isRow = !mine.open && mine.dims.length === 1;
  const isColumn = !theirs.open && theirs.dims.length === 1;
  const [rows, columns] = [mine.dims.slice(0, -1), theirs.dims.slice(0, isColumn ? -1 : -2)];
  const isKnown = mine.dims.length > 0 && theirs.dims.length > (isColumn ? 0 : 1);
  if (!isKnown || Math.max(rows.length, columns.length) > MOST_DIMENSIONS) return null;
  const next = axisNames();
  const [summed, across, down] = [next(), isColumn ? '' : next(), isRow || rows.length === 0 ? '' : next()];
  const before = batchAxes(rows.slice(0, -1), columns, next);
  return {
    left: `${before.left}${down}${summed}`,
    right: `${before.right}${summed}${across}`,
    out: `${before.out}${down}${across}`,
  };
}

/** The dimensions that two tensors go along together. */
function batchAxes(mine: readonly Quantity[], theirs: readonly Quantity[], next: () => string): Axes {
  let [left, right, out] = ['', '', ''];
  for (let back = Math.max(mine.length, theirs.length); back > 0; back--) {
    const [one, other] = [mine.at(-back), theirs.at(-back)];
    const here = one === undefined ? '' : next();
    const isShared = one !== undefined && other !== undefined && isOneDimension(one, other);
    const there = isShared ? here : other === undefined ? '' : next();
    left += here;
    right += there;
    out += one === undefined || (isOne(one) && there !== '') ? there : here;
  }
  return { left, right, out };
}
