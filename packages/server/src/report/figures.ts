import { type ComparisonReport, judgedLayers } from '@widthwise/core';
import type { Figure } from './figure.ts';
import { lossFigure } from './loss-figure.ts';
import type { ReportContext } from './report-context.ts';
import { LAMBDA_MIN, LAMBDA_MIN_JOINT, MOVEMENT, type WidthQuantity, widthFigure } from './width-figure.ts';

/** The small multiples of a report, a row a quantity: against width for each judged layer, then loss against step. */
export function comparisonFigures(
  report: ComparisonReport,
  context: ReportContext,
): readonly (readonly Figure[])[] {
  const layers = judgedLayers(context.request.depth);
  const against = (quantity: WidthQuantity): Figure[] =>
    layers.map((layer) => widthFigure(quantity, layer, report, context));
  return [
    against(MOVEMENT),
    against(LAMBDA_MIN),
    against(LAMBDA_MIN_JOINT),
    [lossFigure(report.rows, context)],
  ];
}
