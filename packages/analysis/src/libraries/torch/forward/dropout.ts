import { isOne } from '../../../growth/product.ts';
import { exactValue, literal, pair, type Quantity } from '../../../growth/quantity.ts';
import { isNumeric, quantityOf } from '../../../interpret/values/numbers.ts';
import { scale } from '../../../network/tensor.ts';
import { type Operation, valueAt } from './operation.ts';

/**
 * Entries of which a share p is left out, and the rest made larger by 1/(1 − p): what that does is not known where 1 − p
 * grows or falls. A rate that is a setting, and not computed, is taken to be the same at every width.
 */
export const dropout: Operation = (call) => {
  const { of, span } = call;
  const rate = valueAt(call, 'p', 1);
  if (rate === undefined || !isNumeric(rate)) return of;
  const quantity = computedAs(quantityOf(rate));
  return isSetting(quantity) ? of : scale(of, pair('pickedBy', literal(1), restOf(quantity)), span);
};

/** What a number was computed as, whatever the code calls it. */
function computedAs(quantity: Quantity): Quantity {
  return quantity.op === 'symbol' && quantity.value !== null ? computedAs(quantity.value) : quantity;
}

/** Whether a number is given, or one of several that are. */
function isSetting(quantity: Quantity): boolean {
  const own = computedAs(quantity);
  if (own.op === 'either') return isSetting(own.left) && isSetting(own.right);
  return own.op === 'symbol' || own.op === 'unknown' || exactValue(own) !== undefined;
}

/** 1 − p */
function restOf(rate: Quantity): Quantity {
  return rate.op === 'subtract' && isOne(computedAs(rate.left))
    ? rate.right
    : pair('subtract', literal(1), rate);
}
