import { UsageError } from '../cli/command.ts';
import { didYouMean } from './did-you-mean.ts';

/** A whole number in [low, high]. @throws UsageError that names the flag */
export function requireWhole(flag: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new UsageError(`${flag}: expected a whole number from ${low} to ${high}, got ${value}`);
}

/** A finite number above 0. @throws UsageError that names the flag */
export function requirePositive(flag: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`${flag}: expected a number above 0, got ${value}`);
}

/** One of the names that exist. @throws UsageError that lists them */
export function requireName<Name extends string>(flag: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `${flag}: '${value}' does not exist${didYouMean(value, names)}; there are ${names.join(', ')}`,
  );
}

/** Widths in ascending order. @throws UsageError for fewer than two, one twice, or one that is no width */
export function requireWidths(widths: readonly number[]): number[] {
  for (const width of widths) requireWhole('--widths', width, 1, 2 ** 24);
  if (new Set(widths).size < widths.length) {
    throw new UsageError(`--widths: expected each width once, got ${widths.join(',')}`);
  }
  if (widths.length < 2) {
    throw new UsageError(`--widths: a slope needs at least two widths, got ${widths.join(',') || 'none'}`);
  }
  return widths.toSorted((left, right) => left - right);
}
