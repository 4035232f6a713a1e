import { isSameProduct, quotientOf } from '../growth/product.ts';
import { exactValue, literal, type Quantity } from '../growth/quantity.ts';
import type { Rational } from '../growth/rational.ts';
import type { Span } from '../syntax/span.ts';
import { countIn, dataToPower, isOneNumber } from './counted.ts';
import { dataOf, factorIn, noteOrigins, originsOf } from './data.ts';
import { isOfGiven, isOfGivenAlone } from './given-data.ts';
import type { Shape, Sum, Tensor } from './graph.ts';
import { once } from './once.ts';
import { isData, isOfParameters, rescaled, scale, shapeOf, sumsOver } from './tensor.ts';
import { FROM_0_TO_1 } from './values.ts';

/*
 * How many entries of a matrix are not zero, as far as the code that makes it shows: what sums over its rows sums over as
 * many as they are long only where these are a share of them that does not shrink.
 */

/** What is shown of a tensor's entries; what is left out is not known. */
export interface Density {
  /** Whether a share of them, the same at every width, is not zero. */
  readonly nonzero?: boolean;
  /** Whether such a share is zero. */
  readonly zero?: boolean;
  /** Whether all are not zero, but for some that are so by chance. */
  readonly everywhere?: boolean;
  /** What draws each of them from a continuous distribution. */
  readonly drawn?: 'uniform' | 'normal';
}

/** A share of the entries is not zero, and a share is. */
export const SHARE: Density = { nonzero: true, zero: true };

/** All entries are not zero. */
export const EVERYWHERE: Density = { nonzero: true, everywhere: true };

/** A few entries of each row may be all that is not zero. */
export const FEW: Density = {};

/** What makes the size of a matrix unknown of which it is not shown how much is left. */
export const FEWER = 'a mask that may leave ever fewer entries';

const shown = new WeakMap<Tensor, Density>();

/** Notes what code shows of a tensor's entries; of one that it makes in two ways, nothing. */
export function noteDensity(tensor: Tensor, density: Density): Tensor {
  const before = shown.get(tensor);
  const isOther = before !== undefined && JSON.stringify(before) !== JSON.stringify(density);
  shown.set(tensor, isOther ? FEW : density);
  return tensor;
}

/** Notes of a copy what is shown of the tensor that it is a copy of. */
export function withDensityOf<Copy extends Tensor>(tensor: Tensor, copy: Copy): Copy {
  const density = shown.get(tensor);
  if (density !== undefined) shown.set(copy, density);
  noteOrigins(copy, originsOf(tensor));
  return copy;
}

/** What the code that makes a tensor shows of its entries. */
export function densityOf(tensor: Tensor): Density {
  const noted = shown.get(tensor);
  if (noted !== undefined) return noted;
  switch (tensor.op) {
    case 'input':
      return filled(tensor.fill);
    case 'view':
      return tensor.part === null ? densityOf(tensor.of) : FEW;
    case 'scale':
      if (tensor.thinned === true) return densityOf(tensor.of).everywhere === true ? SHARE : FEW;
      return exactValue(tensor.factor)?.numerator === 0 ? FEW : withoutDraw(densityOf(tensor.of));
    case 'add':
      return shifted(tensor);
    default:
      return FEW;
  }
}

function filled(fill: Extract<Tensor, { op: 'input' }>['fill']): Density {
  if (fill === FROM_0_TO_1) return { ...EVERYWHERE, drawn: 'uniform' };
  if (fill === null || fill.kind === 'unknown' || exactValue(fill.std)?.numerator === 0) return FEW;
  return EVERYWHERE;
}

function withoutDraw({ nonzero, zero, everywhere }: Density): Density {
  return { ...(nonzero && { nonzero }), ...(zero && { zero }), ...(everywhere && { everywhere }) };
}

/** Of a number and a mask, where the mask is zero the number is left. */
function shifted({ of }: Sum): Density {
  const [one, other, ...more] = of;
  if (one === undefined || other === undefined || more.length > 0) return FEW;
  const mask = isOneNumber(one) ? other : isOneNumber(other) ? one : null;
  return mask !== null && densityOf(mask).zero === true ? { nonzero: true } : FEW;
}

/** What is left of a matrix of which code takes a share of the entries away and leaves a share, as above a diagonal. */
export function thinned(of: Tensor, span: Span | null): Tensor {
  if (of.op === 'scale' && of.thinned !== true) return scale(thinned(of.of, span), of.factor, span);
  return once(of, 'thinned', {
    op: 'scale',
    of,
    factor: literal(1),
    thinned: true,
    shape: shapeOf(of),
    span,
  });
}

/** Whether entries of a matrix are taken away, by itself or in what it is a multiple or a view of: of the rest others may leave none. */
function isThinned(of: Tensor): boolean {
  return of.op === 'scale' ? of.thinned === true || isThinned(of.of) : of.op === 'view' && isThinned(of.of);
}

/** Whether of a matrix and what is left of it, or of two such rests, the difference may be a band or nothing. */
export function mayCancel(of: readonly Tensor[]): boolean {
  const roots = of.map(rootOf);
  return of.some(
    (one, at) => isThinned(one) && roots.some((root, other) => other !== at && root === roots[at]),
  );
}

function rootOf(of: Tensor): Tensor {
  return of.op === 'scale' ? rootOf(of.of) : of;
}

/** Whether a shape ends in as many rows as columns. */
export function isSquare(shape: Shape | null): boolean {
  const [rows, columns] = shape?.dims.slice(-2) ?? [];
  return rows !== undefined && columns !== undefined && isSameProduct(rows, columns);
}

/** Whether a shape is as large at every width. */
export function isSteady(shape: Shape | null): boolean {
  return shape?.dims.every((dim) => exactValue(dim) !== undefined) === true;
}

/** A matrix of parameters times data that has a number for each of its entries. */
export function maskedBy(matrix: Tensor, mask: Tensor, span: Span | null): Tensor {
  if (!keepsSums(mask)) return rescaled([matrix, mask], FEWER, span);
  return densityOf(mask).everywhere === true ? matrix : withEntriesLeft(matrix, true, span);
}

/** Whether what is multiplied with data entry by entry sums over as many entries as before, as large as they were. */
export function keepsSums(data: Tensor): boolean {
  if (factorIn(data) !== null) return false;
  return densityOf(data).nonzero === true || (isSteady(shapeOf(data)) && !isZero(data));
}

/** Whether data is a mask, or made of one, of which code does not show that a share of the entries is left. */
export function mayLeaveFew(data: Tensor): boolean {
  return leavesFew(data, new Map());
}

function leavesFew(data: Tensor, seen: Map<Tensor, boolean>): boolean {
  const before = seen.get(data);
  if (before !== undefined) return before;
  // What a line makes of what it has made is asked about once.
  seen.set(data, false);
  const isNoted = shown.has(data) && !isSteady(shapeOf(data));
  const answer = densityOf(data).nonzero !== true && (isNoted || isMadeOfFew(data, seen));
  seen.set(data, answer);
  return answer;
}

function isMadeOfFew(data: Tensor, seen: Map<Tensor, boolean>): boolean {
  const isFew = (one: Tensor) => leavesFew(one, seen);
  /** Whether it may be zero at so many places that of two such masks nothing, or of a part of one few entries, may be left. */
  const hasZeros = (one: Tensor) => densityOf(one).zero === true || isFew(one);
  switch (data.op) {
    case 'input':
      return [...originsOf(data)].some(isFew);
    case 'scale':
      return !isZero(data) && (data.thinned === true || isFew(data.of));
    case 'view':
      return hasZeros(data.of);
    case 'add':
      return data.of.some(isFew) || data.of.every(hasZeros);
    case 'contract':
      return !sumsOver(data) && (data.of.some(isFew) || data.of.every(hasZeros));
    case 'choice':
    case 'repeat':
      return data.of.some(isFew);
    default:
      return false;
  }
}

/** Whether data of any shape may take most of the features away that it is multiplied with: of what is given it is taken not to. */
export function mayTakeFeatures(data: Tensor): boolean {
  return mayLeaveFew(data) && !isOfGivenAlone(data);
}

/** Data that code which is not followed makes of nothing but what code has made: it may have few entries that are not zero. */
export function madeUnread(of: readonly Tensor[], span: Span | null): Tensor {
  const made = dataOf(of, null, span);
  return of.some(isOfGiven) ? made : noteDensity(made, FEW);
}

/** Whether data is zeros. */
export function isZero(data: Tensor): boolean {
  return data.op === 'scale' && (exactValue(data.factor)?.numerator === 0 || isZero(data.of));
}

/** A matrix of parameters of which code takes entries away: as it was where a share of them is left, else of any size. */
export function withEntriesLeft(of: Tensor, isShareLeft: boolean, span: Span | null): Tensor {
  const shape = shapeOf(of);
  const isMatrix = isOfParameters(of) && (shape === null || shape.dims.length > 1);
  if (!isMatrix || isSteady(shape)) return of;
  if (isShareLeft && !isThinned(of)) return thinned(of, span);
  if (isData(of)) return noteDensity(dataOf([of], shape, span), FEW);
  return rescaled([of], FEWER, span);
}

/** Data with zeros beside it, or joined of such: as many entries are left as before where what is zero grows no faster. */
export function noteZerosBeside(
  made: Tensor,
  filled: readonly JoinedData[],
  zeros: readonly Quantity[],
): Tensor {
  if (zeros.every((length) => exactValue(length) !== undefined)) return made;
  const isShare = filled.some(
    ({ data, length }) => densityOf(data).nonzero === true && zeros.every((one) => isMultiple(one, length)),
  );
  return noteDensity(made, isShare ? SHARE : FEW);
}

/** Data that is a stretch of other data. */
export interface JoinedData {
  readonly data: Tensor;
  readonly length: Quantity;
}

function isMultiple(of: Quantity, length: Quantity): boolean {
  return exactValue(of) !== undefined || exactValue(quotientOf(of, length)) !== undefined;
}

/** A mask of what another one leaves out. */
export function complementOf(mask: Tensor, span: Span | null): Tensor {
  const { nonzero, zero } = densityOf(mask);
  const made = dataOf([mask], shapeOf(mask), span);
  if (nonzero !== true && zero !== true && !mayLeaveFew(mask)) return made;
  return noteDensity(made, { ...(zero && { nonzero: true }), ...(zero && nonzero && { zero }) });
}

/** Two masks entry by entry: of what either has a share is left, of what both have maybe nothing. */
export function maskOfBoth(operator: string, of: readonly Tensor[], made: Tensor): Tensor {
  if (!of.some((one) => densityOf(one).zero === true || mayLeaveFew(one))) return made;
  const isShare = operator === '|' && of.some((one) => densityOf(one).nonzero === true);
  return noteDensity(made, isShare ? { nonzero: true } : FEW);
}

/** What falls as data counts up, as powers of a number below 1 and quotients do: few of its entries may count. */
export function fallingOf(data: Tensor, made: Tensor): Tensor {
  return countIn(data) === null ? made : noteDensity(made, FEW);
}

/** x^q of data, which falls as it counts up where q is below 0. */
export function powerOfData(of: Tensor, exponent: Rational, span: Span | null): Tensor {
  const made = dataToPower(of, exponent, span);
  return exponent.numerator < 0 ? fallingOf(of, made) : made;
}

/** Data that stands where a mask holds, beside zeros. */
export function standingWhere(mask: Tensor | null, made: Tensor): Tensor {
  return mask !== null && mayLeaveFew(mask) ? noteDensity(made, FEW) : made;
}

/** Whether a number in the place of entries takes them away: 0, or −∞ below a softmax. */
export function takesAway(number: Quantity): boolean {
  const exact = exactValue(number);
  return exact !== undefined && (exact.numerator === 0 || exact.denominator === 0);
}

/** A matrix of parameters with other numbers in the place of some of its entries, which may add up beside them. */
export function withOthers(of: Tensor, span: Span | null): Tensor {
  const shape = shapeOf(of);
  const isMatrix = isOfParameters(of) && !isData(of) && (shape === null || shape.dims.length > 1);
  return isMatrix && !isSteady(shape) ? rescaled([of], 'other numbers in the place of entries', span) : of;
}

/** A comparison of what is drawn with a number, or one that is given, holds for a share of it. */
export function isDrawnAround(data: Tensor, number: number | null): boolean {
  const { drawn } = densityOf(data);
  return drawn === 'normal' || (drawn === 'uniform' && (number === null || (number > 0 && number < 1)));
}
