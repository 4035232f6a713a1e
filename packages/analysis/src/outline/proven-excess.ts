import { isVanished } from '../growth/growth.ts';
import { toNumber } from '../growth/rational.ts';
import type { Judgement } from './judgement.ts';
import type { RateReading } from './rates.ts';
import type { Weight } from './weights.ts';

/**
 * By which power of the width Adam's updates of a weight are too large where the calculus does not see what stands behind
 * it, such as an attention kernel that is not read; 0 where that is not proved.
 *
 *     size matters there:   a + c ≥ s        a normalization follows:   c ≥ b + s/2
 *
 * Both must be broken, and what the weight is applied to must be Θ(1).
 *
 * @param rate one of several, where it is asked of that
 */
export function rateExcessByRole(
  weight: Weight,
  judgement: Judgement | null,
  { update, growth }: Pick<RateReading, 'update' | 'growth'> = weight.rate,
): number {
  const { speeds, inits } = weight;
  if (update?.kind !== 'adam' || speeds === null || judgement?.inputs.get(weight) !== 0) return 0;
  if (judgement.hasOpenSums) return 0;
  const highestC = 0 - toNumber(growth.low);
  const starts = inits.filter(({ std }) => !isVanished(std)).map(({ std }) => 0 - toNumber(std.high));
  const lowestB = Math.max(0, Math.min(...starts, speeds.into / 2));
  const excess = Math.min(excessBySize(weight, { growth }), lowestB + speeds.into / 2 - highestC);
  return Number.isFinite(excess) ? Math.max(0, excess) : 0;
}

/** The same where its size matters, as it does with a start that is right: s − a − c. */
export function excessBySize(
  { speeds, multiplier, rate }: Weight,
  { growth }: Pick<RateReading, 'growth'> = rate,
): number {
  return (speeds?.into ?? 0) + toNumber(multiplier.low) + toNumber(growth.low);
}
