/** A closed interval of values; null where nothing is known yet. */
export type Extent = readonly [min: number, max: number];

const MANTISSAS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** Largest step, a mantissa times a power of ten, that is not above a positive value; rounding is tolerated. */
function stepDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = MANTISSAS.findLast((m) => m * power <= value * (1 + 1e-9)) ?? 1;
  return mantissa * power;
}

/** Smallest step that is not below a positive value. */
function stepUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = MANTISSAS.find((m) => m * power >= value * (1 - 1e-9)) ?? 10;
  return mantissa * power;
}

/** Bounds of a linear axis from 0 that move only in steps, so that a growing curve does not shake its frame. */
export function linearRange(extent: Extent | null): Extent {
  if (extent === null || !(extent[1] > 0)) return [0, 1];
  return [0, stepUp(extent[1])];
}

/** Bounds of a logarithmic axis that move only in steps; at least a factor of four apart. */
export function logRange(extent: Extent | null): Extent {
  if (extent === null || !(extent[0] > 0)) return [0.1, 1];
  const low = stepDown(extent[0]);
  let high = stepUp(extent[1]);
  while (high < 4 * low) high = stepUp(high * 1.5);
  return [low, high];
}

/** Where a logarithmic axis is labelled: 1, 2, 5 in each decade, decades alone where there are many. */
export function logTicks([min, max]: Extent): number[] {
  const decades = Math.log10(max / min);
  const mantissas = decades > 3 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5];
  const everyDecade = Math.max(1, Math.ceil(decades / 5));
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.ceil(Math.log10(max)); exponent++) {
    if (exponent % everyDecade !== 0) continue;
    for (const mantissa of mantissas) {
      const tick = mantissa * 10 ** exponent;
      if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}

/** The smallest interval that holds both. */
export function union(a: Extent | null, b: Extent | null): Extent | null {
  if (a === null || b === null) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
