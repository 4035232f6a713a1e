import type { Quantity } from './quantity.ts';

export const gradientNorm: Quantity<'gradientNorm'> = {
  name: 'gradientNorm',
  title: 'Gradient of every layer',
  formula: '‖∂𝓛/∂W‖_F of the effective weight',
  scale: 'log',
};
