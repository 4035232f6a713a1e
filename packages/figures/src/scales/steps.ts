/** Where an axis may end: a few in each decade. */
const MANTISSAS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
/** Of a value that misses a step by its rounding. */
const ROUNDING = 1e-9;

/** A mantissa times a power of ten, as exact as its digits. */
export function decimal(mantissa: number, exponent: number): number {
  return Number(`${mantissa}e${exponent}`);
}

/** The exponent of the decade that holds a value. */
export function decadeOf(value: number): number {
  return Math.floor(Math.log10(value) + ROUNDING);
}

/** The largest step that is not above a positive value. */
export function stepDown(value: number): number {
  const exponent = decadeOf(value);
  const below = (mantissa: number): boolean => decimal(mantissa, exponent) <= value * (1 + ROUNDING);
  return decimal(MANTISSAS.findLast(below) ?? 1, exponent);
}

/** The smallest step that is not below a positive value. */
export function stepUp(value: number): number {
  const exponent = decadeOf(value);
  const above = (mantissa: number): boolean => decimal(mantissa, exponent) >= value * (1 - ROUNDING);
  return decimal(MANTISSAS.find(above) ?? 10, exponent);
}
