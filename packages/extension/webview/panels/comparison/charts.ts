import { runFigures, widthFigure } from '@widthwise/figures';
import type { ShownExperiment, ShownRun } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';

/** Loss, movement, λ_min and effective rank of one run over its steps. */
export function stepCharts(
  { plan, runs }: ShownExperiment<'compare'>,
  run: ShownRun | null,
): readonly Chart[] {
  return runFigures(run, runs, plan).map((figure) => ({ name: figure.id, along: 'step', figure }));
}

/** Movement and λ_min of one layer against width, filling in as runs end. */
export function widthCharts(
  { plan, runs, judgement }: ShownExperiment<'compare'>,
  layer: number,
): readonly Chart[] {
  const rows = runs.flatMap(({ parametrization, width, state, outcome }) => {
    if (outcome === null || (state.kind !== 'finished' && state.kind !== 'diverged')) return [];
    return [{ parametrization, width, state: state.kind, layers: outcome.layers }];
  });
  const measured = { rows, slopes: judgement.slopes };
  return (['movement', 'lambdaMin'] as const).map((quantity) => ({
    name: `${quantity}ByWidth`,
    along: 'width',
    figure: widthFigure(quantity, layer, measured, plan),
  }));
}
