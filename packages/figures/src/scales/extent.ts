/** A closed interval of values. */
export type Extent = readonly [low: number, high: number];

/** The smallest interval that holds some values; null where there is none. */
export function extentOf(values: readonly number[]): Extent | null {
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}

/** The smallest interval that holds both. */
export function union(left: Extent | null, right: Extent | null): Extent | null {
  if (left === null || right === null) return left ?? right;
  return [Math.min(left[0], right[0]), Math.max(left[1], right[1])];
}
