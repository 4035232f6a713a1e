import { type ComparisonReport, judgedLayers } from '@widthwise/core';
import type { Figure } from '../figure.ts';
import { lossFigure } from './loss-figure.ts';
import type { ComparisonSetting } from './setting.ts';
import { widthFigure } from './width-figures.ts';

/** The small multiples of a report, a row a quantity: against width for each judged layer, then loss against step. */
export function comparisonFigures(
  report: ComparisonReport,
  setting: ComparisonSetting,
): readonly (readonly Figure[])[] {
  const layers = judgedLayers(setting.depth);
  const quantities = ['movement', 'lambdaMin', 'lambdaMinJoint'] as const;
  return [
    ...quantities.map((quantity) => layers.map((layer) => widthFigure(quantity, layer, report, setting))),
    [lossFigure(report.rows, setting)],
  ];
}
