import type { Matrix } from '../linalg/matrix.ts';

/** Mean and standard deviation of one column, the latter over the number of rows. */
interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Standardises every column over all rows, in place: minus its mean, divided by its standard deviation, times
 * `factor`. A constant column becomes 0.
 */
export function standardizeColumns(m: Matrix, factor: number): void {
  for (let col = 0; col < m.cols; col++) {
    const { mean, deviation } = columnMoments(m, col);
    for (let row = 0; row < m.rows; row++) {
      const at = row * m.cols + col;
      m.data[at] = deviation === 0 ? 0 : (factor * (m.data[at] - mean)) / deviation;
    }
  }
}

function columnMoments({ rows, cols, data }: Matrix, col: number): Moments {
  const first = data[col];
  let sum = 0;
  let constant = true;
  for (let at = col; at < data.length; at += cols) {
    sum += data[at] / rows;
    if (data[at] !== first) constant = false;
  }
  if (constant) return { mean: first, deviation: 0 }; // a rounded mean would leave a tiny deviation
  let squares = 0;
  for (let at = col; at < data.length; at += cols) squares += ((data[at] - sum) * (data[at] - sum)) / rows;
  return { mean: sum, deviation: Math.sqrt(squares) };
}
