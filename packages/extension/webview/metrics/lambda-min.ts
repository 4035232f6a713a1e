import type { Metric } from './metric.ts';

export const lambdaMin: Metric = {
  quantity: 'lambdaMin',
  name: 'λ_min (smallest Gram eigenvalue)',
  formula: 'λ_min(xᵀx / n) over the probe samples; dashed: its infinite-width value at initialization',
  scale: 'log',
};
