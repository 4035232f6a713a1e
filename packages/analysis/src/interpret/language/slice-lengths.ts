import { differenceOf } from '../../growth/product.ts';
import { exactValue, isPartlyUnknown, type Quantity, unary } from '../../growth/quantity.ts';
import { exactInteger, isNumeric, quantityOf } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';

/** The bounds of a slice, null where they are left out. */
export interface Slice {
  readonly from: Value | null;
  readonly to: Value | null;
  readonly step: Value | null;
}

/** How long a stretch of a dimension is: where that is not known, no longer than the dimension. */
export function lengthOfSlice({ from, to, step }: Slice, dim: Quantity): Quantity {
  const [start, end] = [from, to].map((bound) => {
    const known = bound === null || !isNumeric(bound) ? null : quantityOf(bound);
    return known === null || isPartlyUnknown(known) ? null : known;
  });
  const some = unary('steady', dim);
  if ((from !== null && !start) || (to !== null && !end)) return some;
  if (!isLeftOut(step)) return start || end || exactInteger(step) === undefined ? some : dim;
  const until = end === null || end === undefined ? dim : isNegative(end) ? dim : end;
  return start ? differenceOf(until, start) : until;
}

function isNegative(quantity: Quantity): boolean {
  return (exactValue(quantity)?.numerator ?? 0) < 0;
}

/** Whether a slice takes a single entry and keeps its dimension: `x[:, -1:]`, `x[:, :1]`. */
export function isOfOne({ from, to }: Slice): boolean {
  const start = isLeftOut(from) ? 0 : exactInteger(from);
  if (start === undefined) return false;
  return start === -1 ? isLeftOut(to) : !isLeftOut(to) && exactInteger(to) === start + 1;
}

/** Whether a bound is not written, or None. */
export function isLeftOut(bound: Value | null): bound is null | Extract<Value, { kind: 'none' }> {
  return bound === null || bound.kind === 'none';
}
