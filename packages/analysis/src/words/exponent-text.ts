import type { InitExponent } from '@widthwise/core';

const FRACTIONS: ReadonlyMap<number, string> = new Map([
  [1 / 4, '¼'],
  [1 / 2, '½'],
  [3 / 4, '¾'],
  [3 / 2, '3/2'],
  [5 / 2, '5/2'],
  [1 / 3, '1/3'],
  [2 / 3, '2/3'],
]);

/** An exponent as people write it: `½`, `−1`, `0`, `zero`, `?` where it is unknown. */
export function exponentText(exponent: InitExponent | null): string {
  if (exponent === null) return '?';
  if (exponent === 'zero') return 'zero';
  const size = Math.abs(exponent);
  const text = FRACTIONS.get(size) ?? String(Math.round(size * 1000) / 1000);
  return exponent < 0 ? `−${text}` : text;
}

/** How a number falls with the width, n^-e: `constant`, `n^-½`, `1/n`, `n`; `zero` for a zero initialization. */
export function powerText(exponent: InitExponent | null): string {
  if (exponent === null) return '?';
  if (exponent === 'zero') return 'zero';
  if (exponent === 0) return 'constant';
  return exponent === 1 ? '1/n' : growthText(-exponent);
}

/** A power as people write it: `n`, `n^½`, `n^-½`, `width^-¼`. */
export function growthText(exponent: number, base: string = 'n'): string {
  if (exponent === 1) return base;
  return `${base}^${exponent < 0 ? '-' : ''}${exponentText(Math.abs(exponent))}`;
}

/** η·n^-c: `η`, `η/n`, `η·n`. */
export function rateText(exponent: number | null): string {
  if (exponent === null) return '?';
  if (exponent === 0) return 'η';
  return exponent === 1 ? 'η/n' : `η·${powerText(exponent)}`;
}
