import type { Quantity } from './quantity.ts';

export const lambdaMin: Quantity<'lambdaMin'> = {
  name: 'lambdaMin',
  title: 'λ_min (smallest Gram eigenvalue)',
  formula: 'λ_min(xᵀx / n) over the probe samples; dashed: its infinite-width value at initialization',
  scale: 'log',
};
