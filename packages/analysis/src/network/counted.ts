import { productOfAll } from '../growth/product.ts';
import { exactValue, isPartlyUnknown, literal, pair, power, type Quantity } from '../growth/quantity.ts';
import { type Rational, toNumber } from '../growth/rational.ts';
import type { Span } from '../syntax/span.ts';
import { dataOf, isMultipleOfNumbers, SOME } from './data.ts';
import type { Shape, Tensor } from './graph.ts';
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

/** How large data that counts gets, with what it was multiplied with; null for any other. */
function largestIn(data: Tensor): Quantity | null {
  const own = counts.get(data);
  if (own !== undefined) return own;
  switch (data.op) {
    case 'scale': {
      const largest = largestIn(data.of);
      return largest && productOfAll([largest, data.factor]);
    }
    case 'view':
      return largestIn(data.of);
    case 'add': {
      const all = data.of.flatMap((one) => largestIn(one) ?? []);
      return all.length === 0 ? null : all.reduce(anyOf);
    }
    case 'contract': {
      const [left, right] = data.of.map(largestIn);
      if (sumsOver(data) || !left || !right) return (sumsOver(data) ? null : (left ?? right)) ?? null;
      return productOfAll([left, right]);
    }
    default:
      return null;
  }
}

function anyOf(left: Quantity, right: Quantity): Quantity {
  return left === right ? left : pair('either', left, right);
}

/** Data beside trained features: what counts up to a number is as large as that. */
export function asCounted(data: Tensor, span: Span | null): Tensor {
  if (!isData(data)) return data;
  let numbers = data;
  while (numbers.op === 'scale' || numbers.op === 'view') numbers = numbers.of;
  const count = counts.get(numbers);
  const largest = count ?? largestIn(data);
  if (largest === null || isPartlyUnknown(largest) || exactValue(largest) !== undefined) return data;
  return scale(count === undefined ? input(shapeOf(data), span, SOME) : data, largest, span);
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
  const largest = exponent.numerator > 0 ? largestIn(of) : null;
  if (largest !== null) return noteCount(input(shapeOf(of), span), power(largest, exponent));
  if (!isMultipleOfNumbers(of)) return dataOf([of], shapeOf(of), span);
  return scale(dataToPower(of.of, exponent, span), power(of.factor, exponent), span);
}
