/** Minus as typeset, U+2212. */
const MINUS = '−';

/** Three significant figures, powers of ten where a plain number would be long. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e4 || size < 1e-3 ? value.toExponential(1).replace('e+', 'e') : value.toPrecision(3);
  return text.replaceAll('-', MINUS);
}

/** A slope with its 95 % interval: sign always, two decimals, ± where the interval is symmetric. */
export function formatSlope(value: number, low: number, high: number): string {
  return `${signed(value)} ±${((high - low) / 2).toFixed(2)}`;
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  if (Number(text) === 0) return text;
  return `${value < 0 ? MINUS : '+'}${text}`;
}
