import type { ComparisonLayer, ComparisonReport, ComparisonRow, ComparisonSlopes } from '@widthwise/core';
import { exponentText, valueText } from '@widthwise/figures';
import { curveLabel, curveStyles } from './curve-style.ts';
import type { Figure, ReferenceLine } from './figure.ts';
import type { ReportContext } from './report-context.ts';
import { seedMean } from './seed-mean.ts';

/** A quantity of a layer that is drawn against width. */
export interface WidthQuantity {
  readonly id: 'movement' | 'lambdaMin' | 'lambdaMinJoint';
  readonly title: string;
  readonly value: (layer: ComparisonLayer) => number | null;
}

export const MOVEMENT: WidthQuantity = {
  id: 'movement',
  title: 'Movement of layer',
  value: ({ movement }) => movement,
};
export const LAMBDA_MIN: WidthQuantity = {
  id: 'lambdaMin',
  title: 'λ_min of layer',
  value: ({ lambdaMinFinal }) => lambdaMinFinal,
};
export const LAMBDA_MIN_JOINT: WidthQuantity = {
  id: 'lambdaMinJoint',
  title: 'Joint λ_min of layer',
  value: ({ lambdaMinJoint }) => lambdaMinJoint,
};

/** A quantity of one layer against width, with its infinite-width value where it has one. */
export function widthFigure(
  { id, title, value }: WidthQuantity,
  layer: number,
  { rows, slopes }: ComparisonReport,
  { request, labels }: ReportContext,
): Figure {
  const notes: string[] = [];
  const styles = curveStyles(Object.values(labels));
  const curves = request.parametrizations.flatMap(({ name }) => {
    const label = labels[name] ?? name;
    const own = rows.filter((row) => row.parametrization === name);
    const points = request.widths.flatMap((width) => {
      const values = own.filter((row) => row.width === width).map((row) => layerValue(row, layer, value));
      return seedMean(width, values) ?? [];
    });
    if (points.length === 0) {
      notes.push(`${label}: ${whyEmpty(own)}.`);
      return [];
    }
    const slope = slopeOf(slopes[name], id, layer);
    return [{ label: curveLabel(label, slope), points, leaves: false, ...styles.get(label)! }];
  });
  return {
    id: `${id}-layer-${layer}`,
    title: `${title} ${layer}`,
    xTitle: 'width',
    xScale: 'log',
    xTicks: request.widths,
    curves,
    ...(id === 'lambdaMin' ? limits(rows, layer, notes, labels) : { references: [], notes }),
  };
}

function whyEmpty(rows: readonly ComparisonRow[]): string {
  if (rows.length === 0) return 'no run finished';
  return rows.every(({ state }) => state === 'diverged') ? 'its runs diverge' : 'no finite value above 0';
}

function layerValue(row: ComparisonRow, layer: number, value: WidthQuantity['value']): number | null {
  const outcome = row.layers.find((candidate) => candidate.layer === layer);
  return outcome === undefined || row.state === 'diverged' ? null : value(outcome);
}

function slopeOf(
  slopes: ComparisonSlopes | undefined,
  id: WidthQuantity['id'],
  layer: number,
): string | null {
  const slope = slopes?.[id][layer - 1];
  // Without its interval, which the band shows.
  return slope === undefined || slope.value === null ? null : exponentText(slope.value);
}

/** The infinite-width values: one line for all that share it, a sentence for those whose limit is 0. */
function limits(
  rows: readonly ComparisonRow[],
  layer: number,
  notes: readonly string[],
  labels: ReportContext['labels'],
): Pick<Figure, 'references' | 'notes'> {
  const byName = new Map<string, number>();
  for (const row of rows) {
    const limit = row.layers.find((candidate) => candidate.layer === layer)?.lambdaMinLimit ?? null;
    if (limit !== null) byName.set(row.parametrization, limit);
  }
  const references: ReferenceLine[] = [...new Set(byName.values())]
    .filter((limit) => limit > 0)
    .map((y) => ({ label: `n = ∞ ${valueText(y)}`, y }));
  const vanishing = [...byName].filter(([, limit]) => limit === 0).map(([name]) => labels[name] ?? name);
  const limitZero = vanishing.map((label) => `${label}: limit 0 at infinite width.`);
  return { references, notes: [...notes, ...limitZero] };
}
