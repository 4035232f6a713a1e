import type { Quantity } from './quantity.ts';

export const effectiveRank: Quantity<'effectiveRank'> = {
  name: 'effectiveRank',
  title: 'effective rank of the features',
  formula: 'exp of the entropy of the normalized singular values, over the probe samples',
  scale: 'linear',
};
