/** Minus as typeset, U+2212, where a program writes a hyphen. */
function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A value to three significant figures, `0.412` or `3.91e−5`; whole from 1000 to 99999. */
export function valueText(value: number | null): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 99_999.5) return withMinus(value.toExponential(2).replace('e+', 'e'));
  return withMinus(size < 999.5 ? value.toPrecision(3) : value.toFixed(0));
}
