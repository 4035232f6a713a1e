import { judgedLayers } from '@widthwise/core';
import type { Figure } from '../figure.ts';
import { infiniteFigures } from '../infinite-width/figures.ts';
import { valueAxis } from '../scales/axis.ts';
import { type Extent, union } from '../scales/extent.ts';
import type { MeasuredComparison } from './measured.ts';
import type { ComparisonSetting } from './setting.ts';
import { stepFigures } from './step-figures.ts';
import { widthFigure } from './width-figures.ts';

/** The small multiples of a comparison, those of one quantity on the same axes. */
export interface ComparisonFigures {
  /** Movement, λ_min and joint λ_min against width: a row a quantity, a figure a judged layer. */
  readonly againstWidth: readonly (readonly Figure[])[];
  /** Loss, and movement of one layer, over steps: a row a quantity, a figure a width. */
  readonly overSteps: readonly (readonly Figure[])[];
  /** Loss and λ_min over steps, and what else is known as n → ∞; none before every run has ended. */
  readonly atInfiniteWidth: readonly Figure[];
}

/**
 * The figures of a report, or of what is known of one so far.
 *
 * @param layer whose movement stands over steps; by default the last
 */
export function comparisonFigures(
  measured: MeasuredComparison,
  setting: ComparisonSetting,
  layer: number = setting.depth,
): ComparisonFigures {
  const quantities = ['movement', 'lambdaMin', 'lambdaMinJoint'] as const;
  return {
    againstWidth: quantities.map((quantity) => widthFigures(quantity, measured, setting)),
    overSteps: [
      stepFigures({ name: 'loss', layer: null }, measured.rows, setting),
      stepFigures({ name: 'movement', layer }, measured.rows, setting),
    ],
    atInfiniteWidth: measured.infiniteWidth === null ? [] : infiniteFigures(measured.infiniteWidth, setting),
  };
}

/** On one axis, so that layers can be compared by eye; a figure with nothing in it does not stretch it. */
function widthFigures(
  quantity: Parameters<typeof widthFigure>[0],
  measured: MeasuredComparison,
  setting: ComparisonSetting,
): readonly Figure[] {
  const figures = judgedLayers(setting.depth).map((layer) => widthFigure(quantity, layer, measured, setting));
  const extents = figures
    .filter(({ curves, references }) => references.length > 0 || curves.some(({ y }) => y.length > 0))
    .map(({ y }) => y.range);
  const y = valueAxis('log', extents.reduce<Extent | null>(union, null));
  return figures.map((figure) => ({ ...figure, y }));
}
