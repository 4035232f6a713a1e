import type { Quantity } from './quantity.ts';

export const movement: Quantity<'movement'> = {
  name: 'movement',
  title: 'movement of the features',
  formula: '‖h_t − h_0‖ / ‖h_0‖ over the probe samples',
  scale: 'linear',
};
