import { convergenceFigures, infiniteFigures } from '@widthwise/figures';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';
import { infiniteCharts } from '../infinite-width.tsx';

/** Loss at every width; at the widest, the error beside its bounds, gradients, and λ_min beside its limits. */
export function convergenceCharts({ plan, runs, judgement }: ShownExperiment<'check'>): readonly Chart[] {
  const { widths, depth, steps, parametrizations, limits } = plan;
  const { name } = parametrizations[0] ?? { name: '' };
  const { infiniteWidth } = judgement;
  const setting = { parametrization: name, widths, depth, steps, limits: limits[name] ?? [], infiniteWidth };
  return convergenceFigures(runs, setting).map((figure) => ({ name: figure.id, along: 'step', figure }));
}

/** What they come to as n → ∞; none before every run has ended. */
export function limitCharts({ plan, judgement }: ShownExperiment<'check'>): readonly Chart[] {
  const { name } = plan.parametrizations[0] ?? { name: '' };
  const found = judgement.infiniteWidth;
  if (found === null) return [];
  // Losses stand beside those of every width.
  return infiniteCharts(infiniteFigures({ [name]: found }, plan).filter(({ id }) => id !== 'loss-infinite'));
}
