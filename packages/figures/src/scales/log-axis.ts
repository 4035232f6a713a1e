import type { Extent } from './extent.ts';
import { decadeOf, decimal, stepDown, stepUp } from './steps.ts';
import type { Tick } from './tick.ts';

/** Between what an axis is for and its end, so that no marker is cut. */
const AIR = 1.05;
/** Two ticks of 1, 2, 5, 10 fit wherever the axis begins: the widest gap that holds only one is from 2 to 10. */
const LEAST_SPAN = 5;

/**
 * The ends of a logarithmic axis: they move only in steps, so that a growing curve does not shake its frame, and are
 * never less than a factor of five apart.
 *
 * @param extent above 0; null where nothing is known yet
 */
export function logDomain(extent: Extent | null): Extent {
  if (extent === null) return [0.1, 1];
  const [least, most] = extent;
  let [low, high] = [stepDown(least / AIR), stepUp(most * AIR)];
  while (high < LEAST_SPAN * low) {
    if (high / most <= least / low) high = stepUp(high * AIR);
    else low = stepDown(low / AIR);
  }
  return [low, high];
}

/**
 * Where a logarithmic axis is labelled: at decades, thinned to seven at most; where it holds only two of them at 1 and
 * 3 times a decade, and where it holds fewer at 1, 2 and 5.
 */
export function logTicks([low, high]: Extent): readonly Tick[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), decadeOf(high)];
  const decades = last - first + 1;
  if (decades >= 3) {
    const every = Math.ceil(decades / 7);
    const exponents = range(first, last).filter((exponent) => (exponent - first) % every === 0);
    return labelled(
      exponents.map((exponent) => [1, exponent]),
      first >= -2 && last <= 3,
    );
  }
  const mantissas = decades === 2 ? [1, 3] : [1, 2, 5];
  const places = range(first - 1, last + 1)
    .flatMap((exponent) => mantissas.map((mantissa): Place => [mantissa, exponent]))
    .filter((place) => inside(decimal(...place), low, high));
  return labelled(places, first >= -3 && last <= 4);
}

/** The gridlines between decades, 2 to 9 times each, for the eye to see that an axis is logarithmic. */
export function minorTicks([low, high]: Extent): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  if (last - first > 7) return [];
  return range(first, last)
    .flatMap((exponent) => [2, 3, 4, 5, 6, 7, 8, 9].map((mantissa) => decimal(mantissa, exponent)))
    .filter((value) => value > low && value < high);
}

type Place = readonly [mantissa: number, exponent: number];

function labelled(places: readonly Place[], plain: boolean): readonly Tick[] {
  return places.map(([mantissa, exponent]) => {
    const value = decimal(mantissa, exponent);
    return { value, text: plain ? value.toFixed(Math.max(0, -exponent)) : powerText(mantissa, exponent) };
  });
}

/** An end that misses its tick by a rounding keeps it. */
function inside(value: number, low: number, high: number): boolean {
  return value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerText(mantissa: number, exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  const powers: Readonly<Record<number, string>> = { 0: '1', 1: '10' };
  const power = powers[exponent] ?? `10${exponent < 0 ? '⁻' : ''}${digits}`;
  if (mantissa === 1) return power;
  return exponent === 0 ? String(mantissa) : `${mantissa}·${power}`;
}
