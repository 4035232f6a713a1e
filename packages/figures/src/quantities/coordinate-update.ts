import type { Quantity } from './quantity.ts';

export const coordinateUpdate: Quantity<'coordinateUpdate'> = {
  name: 'coordinateUpdate',
  title: 'Size of their update',
  formula: 'mean |h_t − h_0|',
  scale: 'log',
};
