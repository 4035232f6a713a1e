import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedGroup } from '../../observe/observed-model.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { isInGroup } from './group-leaks.ts';
import { excessOf } from './rate-effects.ts';

/**
 * The power of 1/n with which the rate of a weight fell when its group was made, where code writes another rate over it
 * that is too large; null where that is not proved.
 */
export function overwrittenFall(weight: Weight, model: Model): number | null {
  const [optimizer, ...others] = weight.rate.optimizers;
  const { widths } = model;
  const { c } = exponentsOf(weight);
  if (optimizer === undefined || others.length > 0 || c === null || weight.isTied) return null;
  const fallOf = ({ lr }: ObservedGroup) => {
    const growth = knownExponent(widths.growthOf(lr));
    return growth === null ? null : 0 - growth;
  };
  const falls = optimizer.steps.map(({ started, groups }) => {
    const own = started.find((group) => isInGroup(group, weight));
    const now = new Set(groups.map(fallOf));
    // Groups that have one rate now and had several before.
    const isLevelled = now.size === 1 && new Set(started.map(fallOf)).size > 1;
    return own === undefined || !isLevelled ? null : fallOf(own);
  });
  const [fall = null, ...more] = falls;
  if (fall === null || more.some((one) => one !== fall) || fall < c + ROUNDING) return null;
  return excessOf(weight, model) > ROUNDING ? fall : null;
}
