import type { LayerFeatures } from '@widthwise/core';
import { extentOf } from '../scales/extent.ts';
import { valueText } from '../words/number-text.ts';

/** Eigenvalues of Grams as a map: a column a width of a layer, a row a rank, the color its logarithm. */
export interface SpectrumMap {
  /** For file names and anchors. */
  readonly id: string;
  readonly title: string;
  /** A layer each. */
  readonly groups: readonly {
    readonly title: string;
    readonly columns: readonly SpectrumColumn[];
  }[];
  /** Smallest and largest eigenvalue that is no rounding. */
  readonly range: readonly [low: number, high: number];
  readonly notes: readonly string[];
}

interface SpectrumColumn {
  /** The width; `∞` of the kernel at initialization. */
  readonly head: string;
  /** Descending. */
  readonly cells: readonly SpectrumCell[];
}

interface SpectrumCell {
  readonly value: number;
  /** Whether it is rounding, or exactly 0. */
  readonly isFloor: boolean;
}

/** Features of one parametrization, and what it is shown as. */
export interface LabelledFeatures {
  readonly label: string;
  readonly layers: readonly LayerFeatures[];
}

/** A map a parametrization, with the same colors in all; none of what nothing was kept of. */
export function spectrumMaps(features: readonly LabelledFeatures[]): readonly SpectrumMap[] {
  const maps = features.flatMap(
    ({ label, layers }, place) => spectrumMap(layers, { id: `spectrum-${place}`, label }) ?? [],
  );
  const range = extentOf(maps.flatMap((map) => map.range));
  return range === null ? [] : maps.map((map) => ({ ...map, range }));
}

/** How wide features of all hidden layers are spread, over widths; null where nothing was kept of any. */
function spectrumMap(
  features: readonly LayerFeatures[],
  { id, label }: { readonly id: string; readonly label: string },
): SpectrumMap | null {
  const groups = features.map(({ layer, limit, byWidth }) => ({
    title: `layer ${layer}`,
    columns: [
      ...byWidth.map(
        ({ width, eigenvalues, floor }): SpectrumColumn => columnOf(String(width), eigenvalues, floor),
      ),
      ...(limit === null ? [] : [columnOf('∞', limit, 0)]),
    ],
  }));
  if (features.every(({ byWidth }) => byWidth.length === 0)) return null;
  const known = groups
    .flatMap(({ columns }) => columns.flatMap(({ cells }) => cells))
    .filter(({ isFloor }) => !isFloor)
    .map(({ value }) => value);
  if (known.length === 0) return null;
  return {
    id,
    title: `${label}: eigenvalues of xᵀx/n`,
    groups,
    range: [Math.min(...known), Math.max(...known)],
    notes: [
      `From ${valueText(Math.min(...known))} to ${valueText(Math.max(...known))}, after the last step, of the Gram averaged over seeds; ∞ is the infinite-width kernel at initialization. Crossed out: below the numerical floor.`,
    ],
  };
}

function columnOf(head: string, eigenvalues: readonly number[], floor: number): SpectrumColumn {
  return { head, cells: eigenvalues.map((value) => ({ value, isFloor: !(value > floor) })) };
}

/** The map as a table: a row a rank. */
export function spectrumNumbers({ groups }: SpectrumMap): {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const columns = groups.flatMap(({ title, columns: own }) =>
    own.map(({ head, cells }) => ({ head: `${title}, ${head}`, cells })),
  );
  const ranks = Math.max(...columns.map(({ cells }) => cells.length));
  return {
    heads: ['λ', ...columns.map(({ head }) => head)],
    rows: Array.from({ length: ranks }, (_, rank) => [
      String(rank + 1),
      ...columns.map(({ cells }) => {
        const cell = cells[rank];
        if (cell === undefined) return '–';
        return cell.isFloor ? `${valueText(cell.value)} ×` : valueText(cell.value);
      }),
    ]),
  };
}

/** All eigenvalues of the map, a line each. */
export function spectrumCsv({ groups }: SpectrumMap): string {
  const lines = groups.flatMap(({ title, columns }) =>
    columns.flatMap(({ head, cells }) =>
      cells.map(({ value, isFloor }, rank) => `${title},${head},${rank + 1},${value},${isFloor}`),
    ),
  );
  return `layer,width,rank,eigenvalue,below floor\n${lines.join('\n')}\n`;
}
