import type { Matrix } from './matrix.ts';

/** K = Σ_c column_c column_cᵀ with as many columns as K has rank. */
export function pivotedCholesky({ rows, data }: Matrix): readonly Float64Array[] {
  const left = data.slice();
  const trace = Array.from({ length: rows }, (_, i) => data[i * rows + i]).reduce(
    (sum, each) => sum + each,
    0,
  );
  const columns: Float64Array[] = [];
  while (columns.length < rows) {
    let pivot = 0;
    for (let i = 1; i < rows; i++) if (left[i * rows + i] > left[pivot * rows + pivot]) pivot = i;
    const size = left[pivot * rows + pivot];
    if (!(size > 64 * rows * Number.EPSILON * trace)) break;
    const column = Float64Array.from({ length: rows }, (_, i) => left[i * rows + pivot] / Math.sqrt(size));
    for (let i = 0; i < rows; i++) for (let j = 0; j < rows; j++) left[i * rows + j] -= column[i] * column[j];
    columns.push(column);
  }
  return columns;
}
