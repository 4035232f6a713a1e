import { type Growth, isVanished, knownExponent } from '../../growth/growth.ts';
import { isOne } from '../../growth/product.ts';
import type { Quantity } from '../../growth/quantity.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedGroup, ObservedOptimizer } from '../../observe/observed-model.ts';
import { reachesBound } from '../../outline/bounded-rates.ts';
import type { Model } from '../../outline/model.ts';
import { rateExcessByRole } from '../../outline/proven-excess.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { isInGroup } from './group-leaks.ts';
import { excessOf } from './rate-effects.ts';

/** A rate that fell with the width when its group was made, and that code writes over before a step. */
export interface OverwrittenRate {
  readonly optimizer: ObservedOptimizer;
  /** The power of 1/n with which it fell. */
  readonly fall: number;
  /** The power of the width by which the updates are then too large. */
  readonly excess: number;
  /** Where code writes the other rate, in this file or another; null where that is not seen. */
  readonly written: Span | null;
  /** A number that each group keeps and that falls as its rate did; null where they keep none. */
  readonly scale: KeptScale | null;
}

interface KeptScale {
  readonly key: string;
  /** Whether it is a ratio, as of a base width to the width, and 1 where both are the same. */
  readonly isOneAtBase: boolean;
}

/**
 * What one of the optimizers that train a weight has for it: a rate that all groups are given alike and that is too large.
 * Null where that is not proved of any. Another script may train the same model without doing so.
 */
export function overwrittenRate(weight: Weight, model: Model): OverwrittenRate | null {
  if (weight.isTied || weight.rate.missing !== null) return null;
  const { optimizers } = weight.rate;
  for (const optimizer of optimizers) {
    const levelled = levelledIn(optimizer, weight, model);
    if (levelled === null) continue;
    const { now, ...known } = levelled;
    const isAlone = optimizers.length === 1 && knownExponent(weight.rate.growth) !== null;
    const excess = isAlone
      ? excessOf(weight, model)
      : rateExcessByRole(weight, model.judgement, { ...weight.rate, growth: now });
    if (excess > ROUNDING) return { optimizer, excess, ...known };
  }
  return null;
}

interface Levelled extends Pick<OverwrittenRate, 'fall' | 'written' | 'scale'> {
  /** How the rate goes with the width that it has instead. */
  readonly now: Growth;
}

/** The rate of a weight where groups that had several have one and the same, at every step. */
function levelledIn(optimizer: ObservedOptimizer, weight: Weight, model: Model): Levelled | null {
  const { widths } = model;
  const fallOf = ({ lr }: ObservedGroup) => {
    const growth = reachesBound(lr, widths.growthOf) ? null : knownExponent(widths.growthOf(lr));
    return growth === null ? null : 0 - growth;
  };
  // A schedule that begins at 0 moves nothing in its first step.
  const moving = optimizer.steps.filter(
    ({ groups }) => !groups.every(({ lr }) => isVanished(widths.growthOf(lr))),
  );
  const each = moving.map(({ started, groups, written }): Levelled | null => {
    const own = started.find((group) => isInGroup(group, weight));
    const [other] = groups;
    const isLevelled = new Set(groups.map(fallOf)).size === 1 && new Set(started.map(fallOf)).size > 1;
    if (own === undefined || other === undefined || !isLevelled) return null;
    const [fall, c] = [fallOf(own), fallOf(other)];
    if (fall === null || c === null || fall < c + ROUNDING) return null;
    return { fall, now: widths.growthOf(other.lr), written, scale: scaleOf(own, started, model) };
  });
  const [first = null] = each;
  return first !== null && each.every((one) => one?.fall === first.fall) ? first : null;
}

/** The number of a group that falls with the width as its rate does, where the other groups have theirs, or none and a constant rate. */
function scaleOf(own: ObservedGroup, groups: readonly ObservedGroup[], { widths }: Model): KeptScale | null {
  const growthOf = (quantity: Quantity) => knownExponent(widths.growthOf(quantity));
  for (const [key, scale] of own.scales) {
    const isKept = groups.every(({ lr, scales }) => {
      const other = scales.get(key);
      return growthOf(lr) === (other === undefined ? 0 : growthOf(other));
    });
    const isRatio = scale.op === 'divide' && !isOne(scale.left);
    if (isKept) return { key, isOneAtBase: isRatio };
  }
  return null;
}
