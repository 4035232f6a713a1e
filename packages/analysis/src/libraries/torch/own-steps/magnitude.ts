/**
 * How large something is, as a product of powers: of the entries of a gradient, of the group's rate, and of the rows and
 * columns of the parameter and the smaller of the two. Constants are left out.
 */
export interface Magnitude {
  readonly gradient: number;
  readonly rate: number;
  readonly rows: number;
  readonly columns: number;
  readonly least: number;
}

const NAMES = ['gradient', 'rate', 'rows', 'columns', 'least'] as const;

export const ONE: Magnitude = { gradient: 0, rate: 0, rows: 0, columns: 0, least: 0 };

export const GRADIENT: Magnitude = { ...ONE, gradient: 1 };

export const RATE: Magnitude = { ...ONE, rate: 1 };

export const ROWS: Magnitude = { ...ONE, rows: 1 };

export const COLUMNS: Magnitude = { ...ONE, columns: 1 };

const combined = (of: (name: (typeof NAMES)[number]) => number): Magnitude => ({
  gradient: of('gradient'),
  rate: of('rate'),
  rows: of('rows'),
  columns: of('columns'),
  least: of('least'),
});

export function times(left: Magnitude, right: Magnitude): Magnitude {
  return combined((name) => left[name] + right[name]);
}

export function over(left: Magnitude, right: Magnitude): Magnitude {
  return combined((name) => left[name] - right[name]);
}

export function toThe(of: Magnitude, exponent: number): Magnitude {
  return combined((name) => of[name] * exponent);
}

export function isSame(left: Magnitude, right: Magnitude): boolean {
  return NAMES.every((name) => Math.abs(left[name] - right[name]) < 1e-9);
}

/** The larger of two that differ by a power of rows over columns; null of any others. */
export function largerOf(left: Magnitude, right: Magnitude): Magnitude | null {
  const power = powerOfAspect(over(right, left));
  if (power === null) return null;
  // max(1, (rows / columns)^p) = (rows / least)^p, and (columns / least)^−p for p < 0.
  const side = power > 0 ? ROWS : COLUMNS;
  return times(left, toThe(over(side, { ...ONE, least: 1 }), Math.abs(power)));
}

/** The smaller of two that differ by a power of rows over columns; null of any others. */
export function smallerOf(left: Magnitude, right: Magnitude): Magnitude | null {
  const larger = largerOf(left, right);
  return larger === null ? null : over(times(left, right), larger);
}

/** p of (rows / columns)^p; null of what is no such power. */
function powerOfAspect({ gradient, rate, rows, columns, least }: Magnitude): number | null {
  const isPower = gradient === 0 && rate === 0 && least === 0 && Math.abs(rows + columns) < 1e-9;
  return isPower ? rows : null;
}
