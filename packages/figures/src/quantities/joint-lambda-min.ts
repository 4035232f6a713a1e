import type { Quantity } from './quantity.ts';

export const jointLambdaMin: Quantity<'lambdaMinJoint'> = {
  name: 'lambdaMinJoint',
  title: 'joint λ_min',
  formula: 'λ_min of the features before and after training side by side',
  scale: 'log',
};
