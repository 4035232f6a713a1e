import type { OptimizerSpec } from '../model/optimizer.ts';

/**
 * η where nobody names one, at a base width that is trained: large enough that features move, and half of what diverges
 * under SP or μP at widths up to eight times the base (docs/verdicts.md has the sweep).
 */
export const DEFAULT_RATES: Readonly<Record<OptimizerSpec['kind'], number>> = {
  sgd: 16,
  momentum: 2,
  adam: 1,
};
