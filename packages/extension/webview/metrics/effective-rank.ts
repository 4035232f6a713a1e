import type { Metric } from './metric.ts';

export const effectiveRank: Metric = {
  quantity: 'effectiveRank',
  name: 'effective rank of the features',
  formula: 'exp of the entropy of the normalized singular values, over the probe samples',
  scale: 'linear',
};
