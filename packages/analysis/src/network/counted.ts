import { productOfAll, quotientOf } from '../growth/product.ts';
import { exactValue, isPartlyUnknown, literal, pair, power, type Quantity } from '../growth/quantity.ts';
import { type Rational, toNumber } from '../growth/rational.ts';
import type { Span } from '../syntax/span.ts';
import { dataOf, isMultipleOfNumbers, noteOrigins, SOME } from './data.ts';
import type { Shape, Tensor } from './graph.ts';
import { isScalar } from './shape.ts';
import { input, isData, scale, shapeOf, sumsOver } from './tensor.ts';

/*
 * Data that counts up to a number, as positions do, and what code makes of it: beside trained features it is as large as that.
 */

const counts = new WeakMap<Tensor, Quantity>();

/** Notes that data counts up to a number. */
export function noteCount(numbers: Tensor, until: Quantity): Tensor {
  counts.set(numbers, until);
  return numbers;
}

const ranges = new WeakSet<Tensor>();

/** Notes that data counts from a number that is the same at every width in steps that are: 0, 1, 2, … */
export function noteRange(numbers: Tensor): Tensor {
  ranges.add(numbers);
  return numbers;
}

/** Whether data is such numbers, each as often as any other, or a multiple of them. */
export function isRange(data: Tensor): boolean {
  if (data.op === 'scale') return isRange(data.of);
  return ranges.has(data) || (data.op === 'view' && data.part === null && isRange(data.of));
}

const largest = new WeakMap<Tensor, Quantity | null>();

/**
 * How large data that counts gets, with what it was multiplied with; null for any other. Looked for once, as the same data
 * may be in both halves of a sum many times over, and in a loop, as it may be made of more than the stack is deep.
 */
function largestIn(data: Tensor): Quantity | null {
  const ahead = [data];
  for (let one = ahead.at(-1); one !== undefined; one = ahead.at(-1)) {
    const unseen = largest.has(one) ? [] : madeLike(one).filter((part) => !largest.has(part));
    if (unseen.length > 0) {
      ahead.push(...unseen);
      continue;
    }
    if (!largest.has(one)) largest.set(one, largestOf(one));
    ahead.pop();
  }
  return largest.get(data) ?? null;
}

/** What data is made of that says how large it gets. */
function madeLike(data: Tensor): readonly Tensor[] {
  if (counts.has(data)) return [];
  switch (data.op) {
    case 'scale':
    case 'view':
      return [data.of];
    case 'add':
      return data.of;
    case 'contract':
      return sumsOver(data) ? [] : data.of;
    default:
      return [];
  }
}

function largestOf(data: Tensor): Quantity | null {
  const own = counts.get(data);
  if (own !== undefined) return own;
  const all = madeLike(data).flatMap((one) => largest.get(one) ?? []);
  if (all.length === 0) return null;
  if (data.op === 'scale') return productOfAll([...all, data.factor]);
  return data.op === 'contract' ? productOfAll(all) : all.reduce(anyOf);
}

/** The number that data counts up to, or what is made of such data; null where it counts to none that may grow. */
export function countIn(data: Tensor): Quantity | null {
  const most = isData(data) ? largestIn(data) : null;
  return most === null || isPartlyUnknown(most) || exactValue(most) !== undefined ? null : most;
}

const differences = new WeakSet<Tensor>();

/** Notes that the second of what a tensor adds up is taken from the first. */
export function noteDifference(made: Tensor): Tensor {
  if (made.op === 'add') differences.add(made);
  return made;
}

/**
 * Whether data is what counts up to a number less what counts up to a multiple of it, as places along rows less those along
 * columns, maybe shifted by a number: a share of it is below 0, and a share above.
 */
export function isDifference(data: Tensor): boolean {
  if (data.op === 'view') return data.part === null && isDifference(data.of);
  if (data.op === 'scale') return isNumber(data.factor) && isDifference(data.of);
  if (data.op !== 'add') return false;
  const [one, other, ...more] = data.of;
  if (one === undefined || other === undefined || more.length > 0) return false;
  if (isOneNumber(one) || isOneNumber(other)) return isDifference(isOneNumber(one) ? other : one);
  const [left, right] = [one, other].map(countedIn);
  const ratio = left && right && exactValue(quotientOf(left, right));
  return differences.has(data) && ratio !== undefined && ratio !== null && ratio.numerator > 0;
}

/** The number up to which data counts by itself, or in another shape, or a multiple of such data; null for any other. */
function countedIn(data: Tensor): Quantity | null {
  const own = counts.get(data);
  if (own !== undefined) return own;
  if (data.op === 'view') return data.part === null ? countedIn(data.of) : null;
  const below = data.op === 'scale' && isNumber(data.factor) ? countedIn(data.of) : null;
  return data.op === 'scale' && below !== null ? productOfAll([below, data.factor]) : null;
}

/** Whether data is a number that is the same at every width, and not 0. */
export function isOneNumber(data: Tensor): boolean {
  if (data.op === 'scale') return isNumber(data.factor) && isOneNumber(data.of);
  return data.op === 'input' && isScalar(shapeOf(data));
}

function isNumber(factor: Quantity): boolean {
  const exact = exactValue(factor);
  return exact !== undefined && exact.numerator !== 0;
}

/** As large as one of two; as the first where they are too many to be told apart. */
function anyOf(left: Quantity, right: Quantity): Quantity {
  if (left === right) return left;
  const both = pair('either', left, right);
  return isPartlyUnknown(both) && !isPartlyUnknown(right) ? left : both;
}

/** Data beside trained features: what counts up to a number is as large as that. */
export function asCounted(data: Tensor, span: Span | null): Tensor {
  if (!isData(data)) return data;
  let numbers = data;
  while (numbers.op === 'scale' || numbers.op === 'view') numbers = numbers.of;
  const count = counts.get(numbers);
  const most = count ?? largestIn(data);
  if (most === null || isPartlyUnknown(most) || exactValue(most) !== undefined) return data;
  const some = count === undefined ? noteOrigins(input(shapeOf(data), span, SOME), [data]) : data;
  return scale(some, most, span);
}

/** A tensor times a number; what counts to n over n goes up to 1. */
export function timesNumber(of: Tensor, factor: Quantity, span: Span | null): Tensor {
  const count = counts.get(of);
  const share = count && exactValue(productOfAll([count, factor]));
  return share
    ? scale(input(shapeOf(of), of.span, SOME), literal(toNumber(share)), span)
    : scale(of, factor, span);
}

/** What code makes of data that leaves it about as large as it was, as its absolute values are. */
export function alikeDataOf(of: readonly Tensor[], shape: Shape | null, span: Span | null): Tensor {
  const made = dataOf(of, shape, span);
  const all = of.flatMap((one) => largestIn(one) ?? []);
  return all.length === 0 ? made : noteCount(made, all.reduce(anyOf));
}

/** x^q of data: numbers that the code has multiplied, or that count, are taken to the power with that. */
export function dataToPower(of: Tensor, exponent: Rational, span: Span | null): Tensor {
  const most = exponent.numerator > 0 ? largestIn(of) : null;
  if (most !== null) return noteCount(input(shapeOf(of), span), power(most, exponent));
  if (!isMultipleOfNumbers(of)) return dataOf([of], shapeOf(of), span);
  return scale(dataToPower(of.of, exponent, span), power(of.factor, exponent), span);
}
