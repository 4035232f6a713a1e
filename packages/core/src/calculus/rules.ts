import {
  ANY_BUT_ZERO,
  between,
  isKnown,
  lowOf,
  mayBeZero,
  type Size,
  UNKNOWN,
  UNKNOWN_NOT_ZERO,
  ZERO,
} from './size.ts';

/** Of a factor n^−a: any where a is not read, as no factor is exactly 0. */
export function factorOf(exponent: number | 'unknown'): Size {
  return exponent === 'unknown' ? UNKNOWN_NOT_ZERO : exponent;
}

/** What a norm divides by: its operand's size, or a constant where that is exactly 0. */
export function divisorOf(size: Size): Size {
  if (isKnown(size)) return size === ZERO ? 0 : size;
  return mayBeZero(size) ? between(Math.min(0, lowOf(size)), ANY_BUT_ZERO) : size;
}

/** What an operation that is not understood makes of a gradient: no more is known than whether there is any. */
export function unreadGradient(gradient: Size): Size {
  if (gradient === ZERO) return ZERO;
  return mayBeZero(gradient) ? UNKNOWN : UNKNOWN_NOT_ZERO;
}
