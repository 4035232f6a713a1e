import { exactValue, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Value } from './value.ts';

/** A number that is spelled out, or something unknown, by the first name that it gets. */
export function named(value: Value, symbolOf: () => WidthSymbol): Value {
  if (value.kind === 'unknown' && value.symbol === null) return { ...value, symbol: symbolOf() };
  // A tensor is no other one by another name.
  if (value.kind !== 'number' || value.isTensor === true || !isPlainNumber(value.quantity)) return value;
  return { ...value, quantity: { op: 'symbol', symbol: symbolOf(), value: value.quantity } };
}

/** A number spelled out in the code, which so far has no name. */
function isPlainNumber(quantity: Quantity): boolean {
  return quantity.op !== 'symbol' && exactValue(quantity) !== undefined;
}
