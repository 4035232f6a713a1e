import type { Extent } from './extent.ts';
import { decadeOf, decimal, stepUp } from './steps.ts';
import type { Tick } from './tick.ts';

/** The ends of a linear axis from 0, of which the upper one moves only in steps. */
export function linearDomain(extent: Extent | null): Extent {
  return extent === null || !(extent[1] > 0) ? [0, 1] : [0, stepUp(extent[1])];
}

/** Round places from 0 to the end of a linear axis, six at most. */
export function linearTicks([, high]: Extent): readonly Tick[] {
  const every = roundStep(high, 0);
  return multiples(every, high).map((value) => ({ value, text: decimalText(value, every) }));
}

/** Round places on both sides of 0. */
export function signedTicks(high: number): readonly Tick[] {
  const [zero, ...above] = linearTicks([0, high]);
  const below = above.map(({ value, text }) => ({ value: -value, text: `−${text}` }));
  return [...below.toReversed(), zero!, ...above];
}

/** 0 and T, and round steps of training between them that keep their distance from T. */
export function stepTicks(steps: number): readonly Tick[] {
  const every = roundStep(steps, 1);
  const round = multiples(every, steps).filter((step) => steps - step >= every / 2 || step === 0);
  return [...round, ...(steps > 0 ? [steps] : [])].map((value) => ({ value, text: String(value) }));
}

/** The smallest of 1, 2, 5 times a power of ten that parts [0, high] into five at most. */
function roundStep(high: number, least: number): number {
  const rough = high / 5;
  const exponent = rough > 0 ? decadeOf(rough) : 0;
  const sizes = [1, 2, 5, 10].map((mantissa) => decimal(mantissa, exponent));
  return Math.max(least, sizes.find((size) => size >= rough * (1 - 1e-9)) ?? 1);
}

function multiples(every: number, high: number): number[] {
  const count = Math.floor((high / every) * (1 + 1e-9)) + 1;
  return Array.from({ length: count }, (_, index) => Number((index * every).toPrecision(12)));
}

/** With as many decimals as the distance between ticks has. */
function decimalText(value: number, every: number): string {
  return value === 0 ? '0' : value.toFixed(Math.max(0, -decadeOf(every)));
}
