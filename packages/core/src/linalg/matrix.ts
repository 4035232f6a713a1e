/** A dense matrix of float64, row-major: entry (i, j) is `data[i · cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** The zero matrix, or a view on `data`, which is kept and not copied. */
export function matrix(
  rows: number,
  cols: number,
  data: Float64Array = new Float64Array(rows * cols),
): Matrix {
  if (data.length !== rows * cols) {
    throw new RangeError(
      `matrix: expected ${rows * cols} entries for [${rows}, ${cols}], got ${data.length}`,
    );
  }
  return { rows, cols, data };
}

/** The first rows and columns of a square matrix, a copy. */
export function leadingBlock({ cols, data }: Matrix, size: number): Matrix {
  const block = matrix(size, size);
  for (let i = 0; i < size; i++) block.data.set(data.subarray(i * cols, i * cols + size), i * size);
  return block;
}
