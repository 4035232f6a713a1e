import type { Matrix } from '../linalg/matrix.ts';

/**
 * Standardizes every column over all rows, in place: minus its mean, divided by its standard deviation over the
 * number of rows, times `factor`. A constant column becomes 0, as does a value that is the mean but for rounding.
 */
export function standardizeColumns(m: Matrix, factor: number): void {
  for (let col = 0; col < m.cols; col++) {
    const column = Float64Array.from({ length: m.rows }, (_, row) => m.data[row * m.cols + col]);
    fillStandardized(column, factor);
    column.forEach((value, row) => {
      m.data[row * m.cols + col] = value;
    });
  }
}

function fillStandardized(column: Float64Array, factor: number): void {
  if (column.every((value) => value === column[0])) {
    column.fill(0); // a rounded mean would leave a tiny deviation
    return;
  }
  // In units of the largest value neither sums nor squares overflow.
  const unit = column.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const mean = column.reduce((sum, value) => sum + value / unit, 0) / column.length;
  let squares = 0;
  for (const value of column) squares += (value / unit - mean) * (value / unit - mean);
  const deviation = Math.sqrt(squares / column.length) || 1; // 0 when rounding makes all values one
  const missed = column.reduce((sum, value) => sum + (value / unit - mean), 0) / column.length; // the mean, by its rounding
  column.forEach((value, row) => {
    const off = value / unit - mean;
    const rounding = Number.EPSILON * (Math.abs(value / unit) + column.length * deviation);
    column[row] = Math.abs(off - missed) <= rounding ? 0 : (factor * off) / deviation;
  });
}
