import { coordinateFigures } from '@widthwise/figures';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';

/** Sizes and updates of all layers at one step against width, filling in as runs advance. */
export function coordinateCharts(
  { plan, runs, judgement }: ShownExperiment<'coord-check'>,
  step: number,
): readonly Chart[] {
  const { widths, depth, parametrizations } = plan;
  const setting = { widths, depth, step, parametrization: parametrizations[0]?.name ?? '' };
  return coordinateFigures(runs, judgement, setting).map((figure) => ({
    name: figure.id,
    along: 'width',
    figure,
  }));
}
