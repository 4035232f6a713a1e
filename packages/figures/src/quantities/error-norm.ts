import type { Quantity } from './quantity.ts';

export const errorNorm: Quantity<'errorNorm'> = {
  name: 'errorNorm',
  title: 'error signal',
  formula: '‖χ‖_F over all training samples, and what gradients of the readout and of all layers bound it by',
  scale: 'log',
};
