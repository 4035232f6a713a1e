import type { Slope } from '@widthwise/core';

/** A slope with its 95 % interval, as a person reads it: `−0.52 ± 0.05`. */
export function slopeText({ value, low, high }: Slope): string {
  if (value === null || low === null || high === null) return '?';
  return `${exponentText(value)} ± ${((high - low) / 2).toFixed(2)}`;
}

/** A measured exponent alone, with its sign and two decimals. */
export function exponentText(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  if (Number(digits) === 0) return digits;
  return value < 0 ? `−${digits}` : `+${digits}`;
}
