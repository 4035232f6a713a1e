import { transferFigures } from '@widthwise/figures';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';

/** Best rate and loss against width, then the loss against the rate, a figure a parametrization. */
export function transferCharts({ plan, judgement }: ShownExperiment<'transfer'>): {
  readonly againstWidth: readonly Chart[];
  readonly againstRate: readonly Chart[];
} {
  const { parametrizations, widths } = plan;
  const setting = { parametrizations, widths, objective: judgement.objective };
  const figures = transferFigures(judgement, setting);
  const placed = (along: Chart['along'], of: typeof figures): readonly Chart[] =>
    of.map((figure) => ({ name: figure.id, along, figure }));
  return {
    againstRate: placed('rate', figures.slice(0, parametrizations.length)),
    againstWidth: placed('width', figures.slice(parametrizations.length)),
  };
}
