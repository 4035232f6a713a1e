import { PARAMETRIZATIONS } from '@widthwise/core';
import { type Curve, curveStyles, type Figure } from '@widthwise/figures';
// @boundaries-ignore a figure of these runs is made as the reports' are
import { valueAxis, widthAxis } from '../../packages/figures/src/scales/axis.ts';
// @boundaries-ignore a figure of these runs is made as the reports' are
import { extentOf } from '../../packages/figures/src/scales/extent.ts';
// @boundaries-ignore a figure of these runs is made as the reports' are
import { exponentText } from '../../packages/figures/src/words/slope-text.ts';
import { PAPERS } from './measured.ts';
import type { Line } from './summary.ts';

/** Four curves against width, means over seeds with the single runs as dots. */
export function reproductionFigure(
  lines: readonly Line[],
  widths: readonly number[],
  named: Pick<Figure, 'id' | 'title' | 'formula'>,
): Figure {
  const styles = curveStyles(PAPERS.map((name) => ({ name, label: PARAMETRIZATIONS[name].label })));
  const curves = lines.map(({ parametrization, points, slope }): Curve => {
    const shown = points.filter(({ value }) => value > 0);
    return {
      label: PARAMETRIZATIONS[parametrization].label,
      remark: slope.value === null ? '' : exponentText(slope.value),
      color: styles.get(parametrization)!.color,
      ...{ dotted: false, faint: false, leaves: false, source: null, intervals: [] },
      x: shown.map(({ width }) => width),
      y: shown.map(({ value }) => value),
      dots: shown.flatMap(({ width, all }) => all.map((value) => [width, value] as const)),
    };
  });
  return {
    ...named,
    x: widthAxis(widths),
    y: valueAxis('log', extentOf(curves.flatMap(({ y, dots }) => [...y, ...dots.map(([, value]) => value)]))),
    curves,
    references: [],
    notes: [],
  };
}
