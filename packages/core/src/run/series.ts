import type { Series, SeriesPoint } from './run-result.ts';

/** The growing columns of a run's history. */
export interface SeriesColumns {
  append(step: number, points: readonly SeriesPoint[]): void;
  /** One entry a (quantity, layer), in order of first appearance; each with its own steps. */
  all(): readonly Series[];
}

export function seriesColumns(): SeriesColumns {
  const columns = new Map<
    string,
    { readonly of: SeriesPoint; readonly steps: number[]; readonly values: number[] }
  >();
  return {
    append(step, points): void {
      for (const point of points) {
        const key = `${point.quantity}/${point.layer}`;
        let column = columns.get(key);
        if (column === undefined) {
          column = { of: point, steps: [], values: [] };
          columns.set(key, column);
        }
        column.steps.push(step);
        column.values.push(point.value);
      }
    },
    all: () =>
      [...columns.values()].map(({ of, steps, values }) => ({
        quantity: of.quantity,
        layer: of.layer,
        steps: [...steps],
        values: [...values],
      })),
  };
}
