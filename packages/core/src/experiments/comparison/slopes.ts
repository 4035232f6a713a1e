import { logLogSlope } from '../../statistics/log-log-slope.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import type { MeasuredPoint } from '../../statistics/width-means.ts';
import type { ComparisonLayer, ComparisonRow, ComparisonSlopes } from './report.ts';

type PointOf = (row: ComparisonRow) => MeasuredPoint | null;

/**
 * Slopes against width of one parametrization, over the runs that finished.
 *
 * @param rows of one parametrization
 */
export function comparisonSlopes(rows: readonly ComparisonRow[], depth: number): ComparisonSlopes {
  const finished = rows.filter((row) => row.state === 'finished');
  const fit = (pointOf: PointOf): Slope =>
    logLogSlope(finished.map(pointOf).filter((point) => point !== null));
  const perLayer = (value: keyof ComparisonLayer, floor?: keyof ComparisonLayer): readonly Slope[] =>
    Array.from({ length: depth }, (_, index) => fit((row) => layerPoint(row, index + 1, value, floor)));

  return {
    movement: perLayer('movement').map((slope, index) => fromNothing(finished, index + 1) ?? slope),
    lambdaMin: perLayer('lambdaMinFinal', 'floor'),
    lambdaMinJoint: perLayer('lambdaMinJoint', 'floorJoint'),
    outputChange: fit(({ width, outputChange }) =>
      outputChange === null ? null : { width, value: outputChange },
    ),
  };
}

/** Why a layer's movement has no slope although its runs finished: away from h_0 = 0 it is not finite. */
function fromNothing(finished: readonly ComparisonRow[], layer: number): Slope | undefined {
  const row = finished.find(({ layers }) => layers[layer - 1]?.movement === null);
  if (row === undefined) return undefined;
  return noSlope(`movement is relative, and at width ${row.width} the features start at 0`);
}

function layerPoint(
  row: ComparisonRow,
  layer: number,
  quantity: keyof ComparisonLayer,
  floor?: keyof ComparisonLayer,
): MeasuredPoint | null {
  const outcome = row.layers.find((candidate) => candidate.layer === layer);
  const value = outcome?.[quantity] ?? null;
  if (value === null) return null;
  return { width: row.width, value, floor: floor === undefined ? null : (outcome?.[floor] ?? null) };
}
