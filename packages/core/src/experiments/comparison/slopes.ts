import { logLogSlope, slopeOf } from '../../statistics/log-log-slope.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import type { MeasuredPoint } from '../../statistics/width-means.ts';
import type { Measured } from './measured.ts';
import type { ComparisonLayer, ComparisonRow, ComparisonSlopes } from './report.ts';

/**
 * Slopes against width of one parametrization, over the widths where every run finished.
 *
 * λ_min is that of the Gram averaged over seeds, where runs keep Grams and three seeds finished; else that of single runs.
 */
export function comparisonSlopes(
  measured: Measured,
  { depth, steps }: { readonly depth: number; readonly steps: number },
): ComparisonSlopes {
  const { rows } = measured;
  const layers = Array.from({ length: depth }, (_, index) => index + 1);
  return {
    movement: layers.map((layer) => fromNothing(rows, layer) ?? single(rows, layer, 'movement')),
    lambdaMin: layers.map((layer) => {
      const ofMean = slopeOf(measured.lambdaMin(layer, steps));
      return ofMean.value === null ? single(rows, layer, 'lambdaMinFinal', 'floor') : ofMean;
    }),
    lambdaMinJoint: layers.map((layer) => single(rows, layer, 'lambdaMinJoint', 'floorJoint')),
    outputChange: slopeOf(measured.of(outputChangeOf)),
  };
}

/** The change of the output of one run; null where it diverged. */
export function outputChangeOf({ width, outputChange }: ComparisonRow): MeasuredPoint | null {
  return outputChange === null ? null : { width, value: outputChange };
}

/** Why a layer's movement has no slope although its runs finished: away from h_0 = 0 it is not finite. */
function fromNothing(finished: readonly ComparisonRow[], layer: number): Slope | undefined {
  const row = finished.find(({ layers }) => layers[layer - 1]?.movement === null);
  if (row === undefined) return undefined;
  return noSlope(`movement is relative, and at width ${row.width} the features start at 0`);
}

function single(
  rows: readonly ComparisonRow[],
  layer: number,
  quantity: keyof ComparisonLayer,
  floor?: keyof ComparisonLayer,
): Slope {
  return logLogSlope(rows.flatMap((row) => layerPoint(row, layer, quantity, floor) ?? []));
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
