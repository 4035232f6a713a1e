import type { LossSpec } from '../model/loss.ts';
import type { OptimizerSpec } from '../model/optimizer.ts';

/**
 * η where nobody names one, at a base width that is trained: large enough that features move. That of gradient descent is
 * half the largest at which both SP and μP train under tanh at widths up to eight times the base (docs/verdicts.md has the
 * sweep); the others are from a few runs of `compare`.
 */
export const DEFAULT_RATES: Readonly<Record<OptimizerSpec['kind'], number>> = {
  sgd: 16,
  momentum: 2,
  adam: 1,
};

/** η of a run that names none. A sum over samples has their number of times the gradients of a mean, which Adam does not see. */
export function defaultRate({
  optimizer,
  reduction,
  samples,
}: {
  readonly optimizer: OptimizerSpec['kind'];
  readonly reduction: LossSpec['reduction'];
  readonly samples: number;
}): number {
  const rate = DEFAULT_RATES[optimizer];
  return reduction === 'sum' && optimizer !== 'adam' ? rate / samples : rate;
}
