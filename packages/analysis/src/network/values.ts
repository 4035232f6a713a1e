import { isSameProduct, productOfAll } from '../growth/product.ts';
import {
  exactValue,
  literal,
  magnitudeOf,
  pair,
  power,
  type Quantity,
  sameQuantity,
  UNKNOWN_QUANTITY,
} from '../growth/quantity.ts';
import { HALF, negate, toNumber } from '../growth/rational.ts';
import type { Sum, Tensor } from './graph.ts';
import type { Values } from './init.ts';
import { isScalar } from './shape.ts';
import { isRepeated, shapeOf } from './tensor.ts';

const UNREAD: Values = { std: UNKNOWN_QUANTITY, kind: 'unknown' };

/** Deeper than code computes what it fills a parameter with. */
const MAX_DEPTH = 16;

/** The values of a tensor that code makes of nothing but numbers: `torch.randn(n, d) / d ** 0.5`. */
export function valuesIn(tensor: Tensor, depth = 0): Values {
  if (depth > MAX_DEPTH) return UNREAD;
  switch (tensor.op) {
    case 'input':
      return tensor.fill ?? (isScalar(shapeOf(tensor)) ? { std: literal(1), kind: 'constant' } : UNREAD);
    case 'view': {
      const values = valuesIn(tensor.of, depth + 1);
      return isRepeated(tensor) ? repeated(values) : values;
    }
    case 'scale': {
      const { std, kind } = valuesIn(tensor.of, depth + 1);
      return std === UNKNOWN_QUANTITY ? UNREAD : { std: times(std, magnitudeOf(tensor.factor)), kind };
    }
    case 'add':
      return centered(tensor.of) ?? tensor.of.map((of) => spreadIn(tensor, of, depth + 1)).reduce(sumOf);
    case 'choice':
      return tensor.of.map((of) => valuesIn(of, depth + 1)).reduce(eitherOf);
    default:
      return UNREAD;
  }
}

/** Random values of which there are several each: they have signs of their own no more. */
export function repeated({ std, kind }: Values): Values {
  return { std, kind: kind === 'random' ? 'constant' : kind };
}

/** The values of a term, as they are spread along what it lacks of the sum's dimensions. */
function spreadIn({ shape }: Sum, term: Tensor, depth: number): Values {
  const values = valuesIn(term, depth);
  const own = shapeOf(term);
  const isSpread = shape !== null && own !== null && !areAsMany(own.dims, shape.dims);
  return isSpread ? repeated(values) : values;
}

/** Whether there are as many entries of some lengths as of others. */
export function areAsMany(some: readonly Quantity[], others: readonly Quantity[]): boolean {
  return isSameProduct(productOfAll(some), productOfAll(others));
}

/** What `torch.rand` draws, from 0 to 1. */
export const FROM_0_TO_1: Values = { std: power(literal(3), negate(HALF)), kind: 'constant' };

/** `torch.rand(n, d) * 2 * bound - bound`, of which the mean is 0; null for any other sum. */
function centered(terms: readonly Tensor[]): Values | null {
  const [one, other, ...more] = terms;
  if (one === undefined || other === undefined || more.length > 0) return null;
  const [drawn, taken] = [one, other].map((term) => multiple(term, FROM_0_TO_1)) as [
    number | null,
    number | null,
  ];
  const length = drawn ?? taken;
  const shift = multiple(drawn === null ? one : other, null);
  if (length === null || shift === null || length !== -2 * shift) return null;
  return { std: times(literal(Math.abs(shift)), FROM_0_TO_1.std), kind: 'random' };
}

/** The number by which a tensor is a multiple of one with such values, or of 1; null where that is not written. */
function multiple(tensor: Tensor, values: Values | null): number | null {
  if (tensor.op === 'input')
    return (values === null ? isScalar(shapeOf(tensor)) : tensor.fill === values) ? 1 : null;
  if (tensor.op !== 'scale') return null;
  const [factor, of] = [exactValue(tensor.factor), multiple(tensor.of, values)];
  return factor === undefined || of === null ? null : of * toNumber(factor);
}

function times(left: Quantity, right: Quantity): Quantity {
  if (isOne(left) || isZero(right)) return right;
  return isOne(right) || isZero(left) ? left : pair('multiply', left, right);
}

function sumOf(left: Values, right: Values): Values {
  if (isZero(left.std)) return right;
  if (isZero(right.std)) return left;
  if (left.kind === 'unknown' || right.kind === 'unknown') return UNREAD;
  const kind = left.kind === 'random' && right.kind === 'random' ? 'random' : 'constant';
  return { std: pair('maximum', left.std, right.std), kind };
}

function eitherOf(left: Values, right: Values): Values {
  if (left.kind !== right.kind) return UNREAD;
  return sameQuantity(left.std, right.std)
    ? left
    : { std: pair('either', left.std, right.std), kind: left.kind };
}

function isZero(quantity: Quantity): boolean {
  return exactValue(quantity)?.numerator === 0;
}

function isOne(quantity: Quantity): boolean {
  return quantity.op === 'literal' && quantity.value === 1;
}
