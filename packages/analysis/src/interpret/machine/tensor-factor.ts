import { literal, pair, type Quantity, sameQuantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';

export const ONE: Quantity = literal(1);

/** Inputs stand in no deeper lists and dicts, and behind no more operations. */
export const DEEPEST = 16;

const factors = new WeakMap<Tensor, Quantity>();

/** What a tensor is multiplied by behind the last operation on it that is more; of data, all that went into it. */
export function factorOfTensor(tensor: Tensor, depth = 0): Quantity {
  const known = factors.get(tensor);
  if (known !== undefined) return known;
  if (depth > DEEPEST) return isData(tensor) ? UNKNOWN_QUANTITY : ONE;
  const factor = withFactors(tensor, () => operandsOf(tensor).map((one) => factorOfTensor(one, depth + 1)));
  factors.set(tensor, factor);
  return factor;
}

function withFactors(tensor: Tensor, before: () => readonly Quantity[]): Quantity {
  switch (tensor.op) {
    case 'scale':
      return before().reduce((factor, one) => timesOne(factor, one), tensor.factor);
    case 'view':
    case 'add':
    case 'choice':
    case 'repeat':
      return oneOf(before());
    case 'contract':
    case 'unread':
      return isData(tensor) ? before().reduce(timesOne, ONE) : ONE;
    default:
      return ONE;
  }
}

function timesOne(left: Quantity, right: Quantity): Quantity {
  if (left === ONE) return right;
  return right === ONE ? left : pair('multiply', left, right);
}

/** What one of several tensors has been multiplied by; 1 for none. */
export function oneOf(factors: readonly Quantity[]): Quantity {
  return factors.length === 0 ? ONE : factors.reduce(eitherOf);
}

/** A number that is one of two. */
export function eitherOf(one: Quantity, other: Quantity): Quantity {
  return sameQuantity(one, other) ? one : pair('either', one, other);
}
