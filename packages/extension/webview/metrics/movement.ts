import type { Metric } from './metric.ts';

export const movement: Metric = {
  quantity: 'movement',
  name: 'movement of the features',
  formula: '‖hₜ − h₀‖ / ‖h₀‖ over the probe samples',
  scale: 'linear',
};
