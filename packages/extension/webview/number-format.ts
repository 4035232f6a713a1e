const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** A round number on an axis: powers of ten as such where digits would be many. */
export function formatTick(value: number): string {
  if (Number.isInteger(value) && value < 1e5) return String(value);
  if (value >= 0.01 && value < 1e5) return String(Number(value.toPrecision(3)));
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = Number((value / 10 ** exponent).toPrecision(2));
  const power = `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[digit]).join('')}`;
  return mantissa === 1 ? power : `${mantissa}·${power}`;
}
