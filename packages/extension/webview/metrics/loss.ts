import type { Metric } from './metric.ts';

export const loss: Metric = {
  quantity: 'loss',
  name: 'loss',
  formula: 'the training loss, before each update',
  scale: 'linear',
};
