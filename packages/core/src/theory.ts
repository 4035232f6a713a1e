export type { Matrix } from './linalg/matrix.ts';
export { fillNormal } from './random/normal.ts';
export { rngFromSeed } from './random/rng.ts';
export { logLogSlope, type MeasuredPoint } from './statistics/log-log-slope.ts';
export { initialWeights } from './train/initial-weights.ts';
export { DIVERGENCE_FACTOR } from './train/train.ts';
