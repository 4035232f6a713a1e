import type { Quantity } from './quantity.ts';

export const coordinateSize: Quantity<'coordinateSize'> = {
  name: 'coordinateSize',
  title: 'Size of coordinates',
  formula: 'mean |h_t|',
  scale: 'log',
};
