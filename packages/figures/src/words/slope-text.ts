import type { Slope } from '@widthwise/core';

/** A slope with its 95 % interval, as a person reads it: `−0.52 ± 0.05`. */
export function slopeText({ value, low, high }: Slope): string {
  if (value === null || low === null || high === null) return '?';
  return `${exponentText(value)} ± ${((high - low) / 2).toFixed(2)}`;
}

/** A slope beside what theory predicts for it. */
export interface JudgedSlope extends Slope {
  readonly predicted: number | null;
  readonly agreement: 'consistent' | 'approaching' | 'contradicts' | null;
}

const AGREEMENT_SIGNS = { consistent: '', approaching: '→', contradicts: '≠' } as const;

/** `−0.52 ± 0.05 (−0.5)`: the prediction in brackets, after ≠ where the measurement contradicts it, → where it approaches it. */
export function judgedSlopeText(slope: JudgedSlope): string {
  const { predicted, agreement } = slope;
  if (predicted === null || slope.value === null) return slopeText(slope);
  const sign = agreement === null ? '' : AGREEMENT_SIGNS[agreement];
  return `${slopeText(slope)} (${sign}${predictedText(predicted)})`;
}

function predictedText(predicted: number): string {
  const digits = String(Number(Math.abs(predicted).toFixed(2)));
  return predicted < 0 ? `−${digits}` : digits;
}

/** A measured exponent alone, with its sign and two decimals. */
export function exponentText(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  if (Number(digits) === 0) return digits;
  return value < 0 ? `−${digits}` : `+${digits}`;
}
