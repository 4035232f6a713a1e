import type { Series, SeriesPoint } from './run-result.ts';

/** The growing columns of a run's history, one a (quantity, layer), in order of first appearance. */
export interface SeriesColumns {
  append(step: number, points: readonly SeriesPoint[]): void;
  /** Each with its own steps. */
  all(): readonly Series[];
  /**
   * What came after the first so many points of each column; columns without any are left out.
   *
   * @param told by place of the column; none of what is not named
   */
  since(told: readonly number[]): readonly Series[];
  /** How many points each column has, by its place. */
  lengths(): readonly number[];
}

/** @param whole columns to begin with */
export function seriesColumns(whole: readonly Series[] = []): SeriesColumns {
  const keyOf = ({ quantity, layer }: Pick<Series, 'quantity' | 'layer'>): string => `${quantity}/${layer}`;
  const columns = new Map(
    whole.map(({ steps, values, ...of }) => [keyOf(of), { of, steps: [...steps], values: [...values] }]),
  );
  const from = (start: (place: number) => number): readonly Series[] =>
    [...columns.values()].map(({ of: { quantity, layer }, steps, values }, place) => ({
      quantity,
      layer,
      steps: steps.slice(start(place)),
      values: values.slice(start(place)),
    }));
  return {
    append(step, points): void {
      for (const point of points) {
        let column = columns.get(keyOf(point));
        if (column === undefined) {
          column = { of: point, steps: [], values: [] };
          columns.set(keyOf(point), column);
        }
        column.steps.push(step);
        column.values.push(point.value);
      }
    },
    all: () => from(() => 0),
    since: (told) => from((place) => told[place] ?? 0).filter(({ values }) => values.length > 0),
    lengths: () => [...columns.values()].map(({ values }) => values.length),
  };
}
