/** From values to pixels along one axis. */
export interface AxisScale {
  readonly low: number;
  readonly high: number;
  position(value: number): number;
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

export function linearScale(domain: readonly [number, number], range: readonly [number, number]): AxisScale {
  const [low, high] = domain;
  const [from, to] = range;
  const span = high - low || 1;
  return { low, high, position: (value) => from + ((value - low) / span) * (to - from) };
}

/** @param domain both ends above 0 */
export function logScale(domain: readonly [number, number], range: readonly [number, number]): AxisScale {
  const inner = linearScale([Math.log(domain[0]), Math.log(domain[1])], range);
  return { low: domain[0], high: domain[1], position: (value) => inner.position(Math.log(value)) };
}

/** Two ticks of 1, 2, 5, 10 fit wherever the axis begins: the widest gap that holds only one is from 2 to 10. */
const LEAST_SPAN = 5;

/** A logarithmic domain around some values: a little air at both ends, and never less than a factor of five. */
export function logDomain(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0.1, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(1.15, Math.sqrt((LEAST_SPAN * low) / high));
  return [low / air, high * air];
}

/**
 * Where a logarithmic axis is labelled: at decades, thinned to seven at most, and where there are fewer than two of
 * those at 1, 2 and 5 times a decade.
 */
export function logTicks(low: number, high: number): readonly Tick[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.ceil((last - first + 1) / 7);
  if (last - first >= 1) {
    const text = first >= -2 && last <= 3 ? decadeText : powerText;
    return range(first, last)
      .filter((exponent) => (exponent - first) % every === 0)
      .map((exponent) => ({ value: decade(exponent), text: text(exponent) }));
  }
  return range(first - 1, last + 1)
    .flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)))
    .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
    .map((value) => ({ value, text: decimalText(value) }));
}

/** The gridlines between decades, 2 to 9 times each, for the eye to see that an axis is logarithmic. */
export function minorTicks(low: number, high: number): readonly number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  if (last - first > 7) return [];
  return range(first, last)
    .flatMap((exponent) => [2, 3, 4, 5, 6, 7, 8, 9].map((digit) => Number(`${digit}e${exponent}`)))
    .filter((value) => value > low && value < high);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function decade(exponent: number): number {
  return Number(`1e${exponent}`);
}

function decadeText(exponent: number): string {
  return decimalText(decade(exponent));
}

function powerText(exponent: number): string {
  if (exponent === 0) return '1';
  if (exponent === 1) return '10';
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

function decimalText(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  if (exponent >= -4 && exponent <= 4) return value.toFixed(Math.max(0, -exponent));
  return `${Math.round(value / Number(`1e${exponent}`))}·${powerText(exponent)}`;
}
