export { derivativeKernel } from './limit/activation-kernel.ts';
export type { Matrix } from './linalg/matrix.ts';
export { IP_FORMS, MUP_FORMS } from './parametrization/forms.ts';
export { gaugeShift } from './parametrization/gauge.ts';
export { fillNormal } from './random/normal.ts';
export { rngFromSeed } from './random/rng.ts';
export { logLogSlope } from './statistics/log-log-slope.ts';
export type { MeasuredPoint } from './statistics/width-means.ts';
export { initialWeights } from './train/initial-weights.ts';
