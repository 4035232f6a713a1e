import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import { excessBySize, rateExcessByRole } from '../../outline/proven-excess.ts';
import type { RateReading } from '../../outline/rates.ts';
import type { Weight } from '../../outline/weights.ts';
import { takersOf } from '../start-limit.ts';

/** Whether an optimizer does not ask for the base shapes that the model has: MUP404 says so. */
export function ignoresBaseShapes(optimizer: ObservedOptimizer, { hasBaseShapes }: Model): boolean {
  return hasBaseShapes && !isMups(optimizer);
}

/** Whether an optimizer is one of mup's. */
export function isMups({ qualified }: ObservedOptimizer): boolean {
  return qualified.startsWith('mup.');
}

/** By which power of the width the weight's updates are too large, whatever is not known; 0 where that is not proved. */
export function excessOf(weight: Weight, model: Model): number {
  if (weight.rate.missing !== null || weight.untracked) return 0;
  const judged = model.judgement?.weights.get(weight)?.rate ?? null;
  // Behind a readout that starts at zero and grows at once, no update of the weight is seen.
  const effect = judged !== null && Number.isFinite(judged) ? judged : null;
  if (effect !== null && effect >= 0) return 0;
  if (effect !== null && !takersOf(weight.applications, model).has('unread')) return -effect;
  return Math.max(rateExcessByRole(weight, model.judgement), excessOfReadout(weight, model));
}

/** Whether it is known only that updates are too large by no less than that: not how the weight starts, or what it stands in front of. */
export function isLeast(
  { weight, rate, excess }: { readonly weight: Weight; readonly rate: RateReading; readonly excess: number },
  { judgement }: Model,
): boolean {
  if (rate.update?.kind !== 'adam') return false;
  const judged = judgement?.weights.get(weight)?.rate ?? null;
  const isJudged = judged !== null && Math.abs(judged + excess) < ROUNDING;
  return !isJudged && excessBySize(weight, rate) > excess + ROUNDING;
}

/**
 * By which power of the width SGD's updates of a readout are too large, whatever is not known of the rest: what it gives is
 * what the loss sees, whose gradient is Θ(1), and what it is applied to is Θ(1) for certain.
 *
 *     2a + c ≥ s
 */
function excessOfReadout(weight: Weight, model: Model): number {
  const { role, speeds, multiplier, rate, applications } = weight;
  const isLast = role === 'output' && takersOf(applications, model).size === 0;
  if (rate.update?.kind !== 'sgd' || speeds === null || !isLast) return 0;
  if (model.judgement?.inputs.get(weight) !== 0) return 0;
  const excess = speeds.into + 2 * toNumber(multiplier.low) + toNumber(rate.growth.low);
  return Number.isFinite(excess) ? Math.max(0, excess) : 0;
}

/** The same with one of several optimizers of which a setting chooses one. */
export function excessApart(weight: Weight, rate: RateReading, { judgement }: Model): number {
  if (rate.missing !== null || weight.untracked) return 0;
  return rateExcessByRole(weight, judgement, rate);
}

/** By which power of the width the weight's updates are surely too small; 0 where that is not proved. */
export function lackOf(weight: Weight, model: Model): number {
  if (weight.isTied || weight.mayBe.length > 0) return 0;
  const judged = model.judgement?.weights.get(weight);
  const { c } = exponentsOf(weight);
  const [effect, right] = [judged?.rate ?? null, judged?.rightRate ?? null];
  if (effect === null || right === null || c === null) return 0;
  const lack = Math.min(effect, c - right);
  return Number.isFinite(lack) ? Math.max(0, lack) : 0;
}
