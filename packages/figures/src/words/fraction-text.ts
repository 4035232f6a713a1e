const FRACTIONS: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½', 0.75: '¾' };

/** An exact exponent: `−¼`, `+½`, `0`, `+1`. */
export function fractionText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return `${value < 0 ? '−' : '+'}${FRACTIONS[size] ?? size}`;
}
