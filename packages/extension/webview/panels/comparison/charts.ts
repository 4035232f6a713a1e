import { comparisonFigures, type Figure, runFigures } from '@widthwise/figures';
import type { ShownExperiment, ShownRun } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';
import { infiniteCharts } from '../infinite-width.tsx';
import { measuredComparison } from './measured.ts';

/** The figures of a comparison at their places, a row a quantity. */
export interface ComparisonCharts {
  readonly againstWidth: readonly (readonly Chart[])[];
  readonly overSteps: readonly (readonly Chart[])[];
  readonly atInfiniteWidth: readonly Chart[];
}

/** The figures that its report has, of what is known so far. */
export function comparisonCharts(shown: ShownExperiment<'compare'>, layer: number): ComparisonCharts {
  const { againstWidth, overSteps, atInfiniteWidth } = comparisonFigures(
    measuredComparison(shown),
    shown.plan,
    layer,
  );
  const placed = (along: Chart['along'], rows: readonly (readonly Figure[])[]): readonly Chart[][] =>
    rows.map((row) => row.map((figure) => ({ name: figure.id, along, figure })));
  return {
    againstWidth: placed('width', againstWidth),
    overSteps: placed('step', overSteps),
    atInfiniteWidth: infiniteCharts(atInfiniteWidth),
  };
}

/** Loss, movement, λ_min and effective rank of one run over its steps. */
export function runCharts(
  { plan, runs }: ShownExperiment<'compare'>,
  run: ShownRun | null,
): readonly Chart[] {
  return runFigures(run, runs, plan).map((figure) => ({ name: figure.id, along: 'step', figure }));
}
