import type { OptimizerName } from '@widthwise/core';

/** Optimizers as people write them. */
export const OPTIMIZER_NAMES: Readonly<Record<OptimizerName, string>> = { sgd: 'SGD', adam: 'Adam' };
