import { literal, pair, power, type Quantity } from '../../growth/quantity.ts';
import { HALF, negate } from '../../growth/rational.ts';

/** The fans that PyTorch's initializers take from a tensor: what its second and its first dimension have in front of them. */
export interface Fans {
  readonly fanIn: Quantity;
  readonly fanOut: Quantity;
}

/** @returns null for fewer than two dimensions, which PyTorch refuses */
export function fansOf(dims: readonly Quantity[] | null): Fans | null {
  const [first, second, ...field] = dims ?? [];
  if (first === undefined || second === undefined) return null;
  return { fanIn: field.reduce(product, second), fanOut: field.reduce(product, first) };
}

function product(left: Quantity, right: Quantity): Quantity {
  if (isOne(right)) return left;
  return isOne(left) ? right : pair('multiply', left, right);
}

function isOne(quantity: Quantity): boolean {
  return quantity.op === 'literal' && quantity.value === 1;
}

/** 1/√x. */
export function inverseRoot(of: Quantity): Quantity {
  return isOne(of) ? literal(1) : power(of, negate(HALF));
}
