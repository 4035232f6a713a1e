import { literal } from '../../growth/quantity.ts';
import { arithmetic, isNumeric, quantityOf } from './numbers.ts';
import { number, type Value } from './value.ts';

/** The product of numbers that are all known of; of anything else nothing is said here. */
export function productOf(factors: readonly Value[]): Value | undefined {
  if (!factors.every(isNumeric)) return undefined;
  return number(factors.map(quantityOf).reduce((product, one) => arithmetic('*', product, one), literal(1)));
}
