import { WIRED_COMPARISON } from './comparison-wire.ts';
import { WIRED_CONVERGENCE_CHECK } from './convergence-check-wire.ts';
import { WIRED_COORDINATE_CHECK } from './coordinate-check-wire.ts';
import { WIRED_LIMIT } from './limit-wire.ts';
import { WIRED_TRANSFER } from './transfer-wire.ts';
import type { WiredExperiment } from './wired-experiment.ts';

/** Every experiment that an editor may start. */
export const WIRED_EXPERIMENTS: readonly WiredExperiment[] = [
  WIRED_COMPARISON,
  WIRED_CONVERGENCE_CHECK,
  WIRED_COORDINATE_CHECK,
  WIRED_TRANSFER,
  WIRED_LIMIT,
];
