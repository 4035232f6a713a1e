import assert from 'node:assert/strict';
import type { Row } from './expected.ts';
import type { PlottedLine } from './panel.ts';

/** A curve over steps against the series of the same run, number by number. */
export function assertSameAsRow({ source, x, y }: PlottedLine, rows: readonly Row[]): void {
  const { parametrization, width, seed, quantity, layer } = source!;
  const row = rows.find(
    (each) => each.parametrization === parametrization && each.width === width && each.seed === seed,
  );
  const series = row?.series.find((each) => each.quantity === quantity && each.layer === layer);
  const where = `${parametrization} ${width} ${quantity} ${layer}`;
  assert.deepEqual({ x, y }, { x: series?.steps, y: series?.values }, where);
}

/** A curve of movement against width, each point against the geometric mean over the seeds of that width. */
export function assertMeansOfRows({ source, x, y }: PlottedLine, rows: readonly Row[]): void {
  const { parametrization, layer } = source!;
  const widths = [...new Set(rows.map((row) => row.width))];
  assert.deepEqual(x, widths);
  x.forEach((width, index) => {
    const logs = rows
      .filter((row) => row.parametrization === parametrization && row.width === width)
      .map((row) => Math.log(row.layers.find((each) => each.layer === layer)!.movement!));
    const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
    // The logs are below 10 in size, so their rounding, 10 ε, is what exp passes on.
    assert.ok(Math.abs(y[index]! / mean - 1) < 10 * Number.EPSILON, `${parametrization} at ${width}`);
  });
}

/** Three heights on a linear axis against the values they stand for: the middle one lies between as its value does. */
export function assertInProportion(heights: readonly number[], values: readonly number[]): void {
  const [top, middle, bottom] = heights as [number, number, number];
  const [first, second, third] = values as [number, number, number];
  const expected = top + ((bottom - top) * (second - first)) / (third - first);
  // Half a pixel for each of the three heights read, and a quarter for the line's own antialiasing.
  assert.ok(Math.abs(middle - expected) <= 1.75, `${middle} where ${expected} was expected`);
}
