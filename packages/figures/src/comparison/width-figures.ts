import type { ComparisonLayer } from '@widthwise/core';
import type { Curve, Figure, ReferenceLine } from '../figure.ts';
import { meansByWidth } from '../means-by-width.ts';
import { curveStyles } from '../palette.ts';
import { jointLambdaMin } from '../quantities/joint-lambda-min.ts';
import { lambdaMin } from '../quantities/lambda-min.ts';
import { movement } from '../quantities/movement.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { valueAxis, widthAxis } from '../scales/axis.ts';
import { type Extent, extentOf } from '../scales/extent.ts';
import { valueText } from '../words/number-text.ts';
import { exponentText } from '../words/slope-text.ts';
import type { MeasuredComparison } from './measured.ts';
import type { ComparisonSetting } from './setting.ts';

/** A quantity of a layer that is drawn against width. */
interface WidthQuantity {
  readonly of: Quantity<string>;
  title(layer: number): string;
  value(layer: ComparisonLayer): number | null;
}

const QUANTITIES: Readonly<Record<'movement' | 'lambdaMin' | 'lambdaMinJoint', WidthQuantity>> = {
  movement: {
    of: movement,
    title: (layer) => `Movement of layer ${layer}`,
    value: (layer) => layer.movement,
  },
  lambdaMin: {
    of: lambdaMin,
    title: (layer) => `λ_min of layer ${layer} after training`,
    value: (layer) => layer.lambdaMinFinal,
  },
  lambdaMinJoint: {
    of: jointLambdaMin,
    title: (layer) => `Joint λ_min of layer ${layer}`,
    value: (layer) => layer.lambdaMinJoint,
  },
};

/** A quantity of one layer against width, a curve a parametrization, with its infinite-width value where it has one. */
export function widthFigure(
  quantity: keyof typeof QUANTITIES,
  layer: number,
  measured: MeasuredComparison,
  setting: ComparisonSetting,
): Figure {
  const { of, title } = QUANTITIES[quantity];
  const curves = widthCurves(quantity, layer, measured, setting);
  const limits =
    quantity === 'lambdaMin' ? limitsOf(layer, measured, setting) : { references: [], notes: [] };
  return {
    id: `${quantity}-layer-${layer}`,
    title: title(layer),
    formula: of.formula,
    x: widthAxis(setting.widths),
    y: valueAxis('log', extentOf(drawn(curves, limits.references))),
    curves,
    references: limits.references,
    notes: [...missing(curves, measured.rows), ...limits.notes],
  };
}

function widthCurves(
  quantity: keyof typeof QUANTITIES,
  layer: number,
  { rows, slopes }: MeasuredComparison,
  { parametrizations, widths }: ComparisonSetting,
): readonly Curve[] {
  const styles = curveStyles(parametrizations);
  const { value } = QUANTITIES[quantity];
  return parametrizations.map(({ name, label }) => {
    const dots = rows
      .filter((row) => row.parametrization === name && row.state === 'finished')
      .flatMap((row): [number, number][] => {
        const outcome = row.layers.find((candidate) => candidate.layer === layer);
        const measured = outcome === undefined ? null : value(outcome);
        return measured === null || measured <= 0 ? [] : [[row.width, measured]];
      });
    const slope = slopes[name]?.[quantity][layer - 1]?.value ?? null;
    return {
      label,
      // Without its interval, which the band shows.
      remark: slope === null ? '' : exponentText(slope),
      ...styles.get(name)!,
      faint: false,
      ...meansByWidth(dots, widths),
      dots,
      leaves: false,
      source: { parametrization: name, quantity, layer },
    };
  });
}

/** All that an axis is for; what scatters around means stretches it by a factor of three at most. */
function drawn(curves: readonly Curve[], references: readonly ReferenceLine[]): readonly number[] {
  const values = [...curves.flatMap(({ y }) => y), ...references.map(({ y }) => y)];
  const around = curves.flatMap(({ intervals, dots }) => [
    ...intervals.flatMap((interval: Extent | null) => interval ?? []),
    ...dots.map(([, value]) => value),
  ]);
  const [lowest, highest] = [Math.min(...values) / 3, Math.max(...values) * 3];
  return [...values, ...around.map((value) => Math.min(highest, Math.max(lowest, value)))];
}

function missing(curves: readonly Curve[], rows: MeasuredComparison['rows']): readonly string[] {
  return curves
    .filter(({ y }) => y.length === 0)
    .map(({ label, source }) => {
      const own = rows.filter(
        ({ parametrization, state }) => parametrization === source?.parametrization && state !== 'running',
      );
      return `${label}: ${whyEmpty(own)}.`;
    });
}

function whyEmpty(rows: MeasuredComparison['rows']): string {
  if (rows.length === 0) return 'no run finished';
  return rows.every(({ state }) => state === 'diverged') ? 'its runs diverge' : 'no finite value above 0';
}

/** The infinite-width values: at initialization one line for all that share it, a sentence for those whose limit is 0; after training where equations are solved. */
function limitsOf(
  layer: number,
  { infiniteWidth }: MeasuredComparison,
  { parametrizations, limits }: ComparisonSetting,
): Pick<Figure, 'references' | 'notes'> {
  const known = parametrizations.map(({ name, label }) => ({
    label,
    limit: limits[name]?.[layer - 1] ?? null,
  }));
  const above = known.flatMap(({ limit }) => (limit !== null && limit > 0 ? [limit] : []));
  const trained = parametrizations.flatMap(({ name, label }) => {
    const y = infiniteWidth?.[name]?.lambdaMin[layer - 1]?.at(-1)?.limit ?? null;
    return y === null || y <= 0 ? [] : [{ label: `${label}, n = ∞`, remark: valueText(y), y }];
  });
  const start = trained.length > 0 ? 'start, n = ∞' : 'n = ∞';
  return {
    references: [...[...new Set(above)].map((y) => ({ label: start, remark: valueText(y), y })), ...trained],
    notes: known
      .filter(({ limit }) => limit === 0)
      .map(({ label }) => `${label}: limit 0 at infinite width.`),
  };
}
