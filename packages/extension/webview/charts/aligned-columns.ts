import type { Curve } from '@widthwise/figures';

/**
 * One shared ascending x for curves that each have their own, with null where a curve has no point.
 *
 * @param places that x has in any case, so that a figure without a curve has its axis
 */
export function alignedColumns(
  curves: readonly Pick<Curve, 'x' | 'y'>[],
  places: readonly number[],
): [x: number[], ...ys: (number | null)[][]] {
  const shared = [...new Set([...places, ...curves.flatMap((curve) => curve.x)])].sort((a, b) => a - b);
  const indexOf = new Map(shared.map((x, index) => [x, index]));
  const columns = curves.map(({ x, y }) => {
    const column: (number | null)[] = new Array(shared.length).fill(null);
    for (const [i, value] of x.entries()) column[indexOf.get(value)!] = y[i]!;
    return column;
  });
  return [shared, ...columns];
}
