/** Minus as typeset, U+2212. */
const MINUS = '−';

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

/** Three significant figures, powers of ten where a plain number would be long. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e4 || size < 1e-3 ? value.toExponential(1).replace('e+', 'e') : value.toPrecision(3);
  return text.replaceAll('-', MINUS);
}

/** A round number on an axis: powers of ten as such where digits would be many. */
export function formatTick(value: number): string {
  if (Number.isInteger(value) && value < 1e5) return String(value);
  if (value >= 0.01 && value < 1e5) return String(Number(value.toPrecision(3)));
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = Number((value / 10 ** exponent).toPrecision(2));
  const power = `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[digit]).join('')}`;
  return mantissa === 1 ? power : `${mantissa}·${power}`;
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
