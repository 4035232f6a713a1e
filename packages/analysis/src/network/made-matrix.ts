import { isOne } from '../growth/product.ts';
import { literal } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { identityFactor } from './data.ts';
import { asIs, multiple, product, sum } from './elementwise.ts';
import type { Contraction, Shape, Tensor } from './graph.ts';
import {
  type Axes,
  contract,
  isData,
  isOfParameters,
  rescaled,
  shapeOf,
  sumsOver,
  unread,
  view,
} from './tensor.ts';

/*
 * A matrix that code makes of parameters, as W + B A of a low rank update or W ⊙ g with a gain for each row, is each of them
 * one after the other to what it is applied to: (W + B A) x = W x + B (A x). So it is a parameter that meets the features,
 * and no features that meet others.
 */

/** Which of the two dimensions of a matrix is summed over. */
type Place = 0 | 1;

/** Whether a matrix is a sum or a product of parameters, in which all parts are matrices or gains. */
export function isMadeMatrix(matrix: Tensor): boolean {
  return isOfParameters(matrix) && partsOf(matrix) > 1;
}

/** How many parameters stand in a matrix that is made by sums and products alone; 0 for any other. Counted once. */
function partsOf(matrix: Tensor): number {
  const known = COUNTED.get(matrix);
  if (known !== undefined) return known;
  const count = countParts(matrix);
  COUNTED.set(matrix, count);
  return count;
}

const COUNTED = new WeakMap<Tensor, number>();

function countParts(matrix: Tensor): number {
  if (isData(matrix) || !isOfTwoDimensions(matrix)) return 0;
  switch (matrix.op) {
    case 'weight':
      return 1;
    case 'scale':
      return matrix.centres === true ? 0 : partsOf(matrix.of);
    case 'view':
      return isTranspose(matrix) ? partsOf(matrix.of) : 0;
    case 'add':
      return added(matrix.of);
    case 'norm':
      return partsOf(matrix.of) === 1 ? 1 : 0;
    case 'contract': {
      const gained = gainedMatrix(matrix);
      if (gained !== null) return together([gained.matrix]) + 1;
      return isProduct(matrix) ? together(matrix.of) : 0;
    }
    default:
      return 0;
  }
}

/** A matrix whose rows or columns parameters scale, and along which of its dimensions those go; null for one number. */
interface Gained {
  readonly matrix: Tensor;
  readonly gain: Tensor;
  readonly along: Place | null;
}

/** Of `W * g[:, None]` the matrix and the gain; null for any other product. */
function gainedMatrix({ of: [left, right], axes, shape }: Contraction): Gained | null {
  if (shape?.dims.length !== 2) return null;
  for (const [matrix, gain, letters] of [
    [left, right, axes.right],
    [right, left, axes.left],
  ] as const) {
    const long = [...letters].filter((letter) => axes.out.includes(letter));
    const [along] = long.map((letter) => axes.out.indexOf(letter));
    const isGain = long.length < 2 && shapeOf(gain)?.open === false && isOneByOne(gain, letters, axes);
    if (!isGain || partsOf(matrix) === 0) continue;
    if (along === 0 || along === 1 || along === undefined) return { matrix, gain, along: along ?? null };
  }
  return null;
}

/** Whether all dimensions that a gain does not share with its matrix are 1. */
function isOneByOne(gain: Tensor, letters: string, { out }: Axes): boolean {
  return [...letters].every((letter, at) => {
    const length = shapeOf(gain)?.dims[at];
    return out.includes(letter) || (length !== undefined && isOne(length));
  });
}

/** Of a sum with a matrix every other term of two dimensions, and data, is applied by itself: (W + X) x = W x + X x. */
function added(terms: readonly Tensor[]): number {
  const counts = terms.map(partsOf);
  if (counts.every((count) => count === 0) || !terms.every(isOfTwoDimensions)) return 0;
  return counts.reduce((all, one) => all + Math.max(one, 1), 0);
}

function isOfTwoDimensions(term: Tensor): boolean {
  const shape = shapeOf(term);
  return shape?.open === false && shape.dims.length === 2;
}

function together(parts: readonly Tensor[]): number {
  const counts = parts.map(partsOf);
  return counts.includes(0) ? 0 : counts.reduce((all, one) => all + one, 0);
}

function isTranspose({ from, part }: Extract<Tensor, { op: 'view' }>): boolean {
  return part === null && from?.length === 2 && from[0]?.join() === '1' && from[1]?.join() === '0';
}

/** Whether it is A B, or that of their transposes. */
function isProduct(product: Contraction): boolean {
  const { left, right, out } = product.axes;
  const rows = [...out].filter((name) => left.includes(name) !== right.includes(name));
  return sumsOver(product) && left.length === 2 && right.length === 2 && rows.length === 2;
}

/** More parameters than code makes a matrix of: a round that multiplies one by itself doubles them. */
const MOST_PARTS = 64;

/** Features summed over one dimension of a matrix. */
export function appliedMatrix(of: Tensor, matrix: Tensor, at: Place, span: Span | null): Tensor {
  if (partsOf(matrix) > MOST_PARTS) return unread([of, matrix], 'a matrix made of so many parameters', span);
  if (isMadeMatrix(matrix)) return inParts(of, matrix, at, span);
  return met(of, matrix, at, span);
}

/** A product of two tensors, of which one may be a matrix that something is added to. */
export function productOf(left: Tensor, right: Tensor, axes: Axes, span: Span | null): Tensor {
  const isOpen = [left, right].some(isAddedTo) && ![left, right].every(isOfParameters);
  return isOpen
    ? rescaled([left, right], 'a matrix that something is added to', span)
    : contract(left, right, axes, span);
}

/** Whether something that is no matrix of parameters is added to one, whose entries then are no sum of the same size any more. */
function isAddedTo(matrix: Tensor): boolean {
  if (matrix.op === 'scale' || matrix.op === 'view') return isAddedTo(matrix.of);
  if (matrix.op !== 'add' || !isOfParameters(matrix)) return false;
  const counts = matrix.of.map(partsOf);
  return counts.includes(0) && counts.some((count) => count > 0);
}

function inParts(of: Tensor, matrix: Tensor, at: Place, span: Span | null): Tensor {
  const identity = identityFactor(matrix);
  if (identity !== null) return multiple(of, identity, span);
  if (partsOf(matrix) === 0) return met(of, matrix, at, span);
  switch (matrix.op) {
    case 'scale':
      return multiple(inParts(of, matrix.of, at, span), matrix.factor, span);
    case 'view':
      return inParts(of, matrix.of, otherThan(at), span);
    case 'add':
      return sum(
        matrix.of.map((one) => inParts(of, one, at, span)),
        span,
      );
    case 'contract': {
      const gained = gainedMatrix(matrix);
      return gained === null ? afterOneAnother(of, matrix, at, span) : withGain(of, gained, at, span);
    }
    default:
      return met(of, matrix, at, span);
  }
}

const ONE_NUMBER: Shape = { dims: [literal(1)], open: false };

/** x (W ⊙ g) as (x W) ⊙ g, or (x ⊙ g) W where the gain goes along what is summed over. */
function withGain(of: Tensor, { matrix, gain, along }: Gained, at: Place, span: Span | null): Tensor {
  if (along === null) return product(inParts(of, matrix, at, span), asIs(gain, ONE_NUMBER, span), span);
  const dims = shapeOf(matrix)?.dims ?? [];
  const place = (shapeOf(gain)?.dims.length ?? 1) === 1 ? 0 : along;
  const vector = view(
    gain,
    { shape: { dims: dims.slice(along, along + 1), open: false }, from: [[place]] },
    span,
  );
  return along === at
    ? inParts(product(of, vector, span), matrix, at, span)
    : product(inParts(of, matrix, at, span), vector, span);
}

function met(of: Tensor, matrix: Tensor, at: Place, span: Span | null): Tensor {
  const before = 'abcdefghijklmn'.slice(0, Math.max(0, (shapeOf(of)?.dims.length ?? 1) - 1));
  return productOf(
    of,
    matrix,
    { left: `${before}z`, right: at === 0 ? 'zy' : 'yz', out: `${before}y` },
    span,
  );
}

function afterOneAnother(of: Tensor, { of: both, axes }: Contraction, at: Place, span: Span | null): Tensor {
  const isLeft = axes.left.includes(axes.out[at] ?? '');
  const [near, far] = isLeft ? both : [both[1], both[0]];
  const [nearAxes, farAxes] = isLeft ? [axes.left, axes.right] : [axes.right, axes.left];
  const first = nearAxes[0] === axes.out[at] ? 0 : 1;
  const between = nearAxes[otherThan(first)];
  const then = farAxes[0] === between ? 0 : 1;
  return inParts(inParts(of, near, first, span), far, then, span);
}

function otherThan(at: Place): Place {
  return at === 0 ? 1 : 0;
}
