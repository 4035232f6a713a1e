import type { QuantityName, Series } from '@widthwise/core';

/** One (quantity, layer) of one run, as long as the run has come. */
export interface Column {
  readonly quantity: QuantityName;
  readonly layer: number | null;
  /** Appended to in place: hold the column, not a copy. */
  readonly steps: number[];
  readonly values: number[];
  /** Smallest and largest value, and the smallest above 0, kept while appending so that no axis has to scan. */
  min: number;
  max: number;
  leastPositive: number;
}

export function findColumn(
  columns: readonly Column[],
  quantity: QuantityName,
  layer: number | null,
): Column | undefined {
  return columns.find((column) => column.quantity === quantity && column.layer === layer);
}

/** Appends each series to the column of its (quantity, layer), which is made where there is none. */
export function appendSeries(columns: Column[], series: readonly Series[]): void {
  for (const { quantity, layer, steps, values } of series) {
    let column = findColumn(columns, quantity, layer);
    if (column === undefined) {
      column = emptyColumn(quantity, layer);
      columns.push(column);
    }
    for (const [i, value] of values.entries()) {
      column.steps.push(steps[i]!);
      column.values.push(value);
      column.min = Math.min(column.min, value);
      column.max = Math.max(column.max, value);
      if (value > 0) column.leastPositive = Math.min(column.leastPositive, value);
    }
  }
}

function emptyColumn(quantity: QuantityName, layer: number | null): Column {
  const none = Number.POSITIVE_INFINITY;
  return { quantity, layer, steps: [], values: [], min: none, max: -none, leastPositive: none };
}
