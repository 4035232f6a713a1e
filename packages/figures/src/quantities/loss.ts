import type { Quantity } from './quantity.ts';

export const loss: Quantity<'loss'> = {
  name: 'loss',
  title: 'loss',
  formula: 'the training loss, before each update',
  scale: 'linear',
};
