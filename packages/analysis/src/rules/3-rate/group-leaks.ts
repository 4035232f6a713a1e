import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedGroup, ObservedOptimizer } from '../../observe/observed-model.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { excessOf, lackOf } from './rate-effects.ts';

/**
 * How the groups of an optimizer that scale the rate of hidden weights get one wrong: it is `missed`, a hidden weight
 * among others whose rate is right, or `caught`, an input weight in a group of hidden ones.
 */
export type Leak = 'missed' | 'caught';

/** The leak of a weight under Adam; null where its groups are not proved to have one. */
export function leakOf(weight: Weight, model: Model): Leak | null {
  const { rate, isTied, mayBe, dims } = weight;
  const [optimizer, ...others] = rate.optimizers;
  const { c } = exponentsOf(weight);
  if (optimizer === undefined || others.length > 0 || rate.update?.kind !== 'adam' || c === null) return null;
  if (isTied || mayBe.length > 0 || (dims?.length ?? 0) < 2) return null;
  const right = model.weights.filter((one) => isRightAndScaled(one, optimizer, model));
  if (weight.role === 'hidden') {
    const isBehind = right.some((one) => (exponentsOf(one).c ?? 0) > c + ROUNDING);
    return isBehind && excessOf(weight, model) > ROUNDING ? 'missed' : null;
  }
  if (weight.role !== 'input' || c < ROUNDING || lackOf(weight, model) < ROUNDING) return null;
  return isAmong(weight, right, { optimizer, model }) ? 'caught' : null;
}

/** Whether a hidden weight of an optimizer has a rate that falls with the width and is right. */
function isRightAndScaled(weight: Weight, optimizer: ObservedOptimizer, { judgement }: Model): boolean {
  const { role, rate } = weight;
  if (role !== 'hidden' || !rate.optimizers.includes(optimizer) || rate.missing !== null) return false;
  const effect = judgement?.weights.get(weight)?.rate ?? null;
  return (exponentsOf(weight).c ?? 0) > ROUNDING && effect !== null && Math.abs(effect) < ROUNDING;
}

/** Whether a weight is in the groups of others at every step, beside which there are groups of another rate. */
function isAmong(
  weight: Weight,
  others: readonly Weight[],
  { optimizer, model }: { readonly optimizer: ObservedOptimizer; readonly model: Model },
): boolean {
  const fallOf = ({ lr }: ObservedGroup) => knownExponent(model.widths.growthOf(lr));
  return optimizer.steps.every(({ groups }) => {
    const own = groups.find((group) => isInGroup(group, weight));
    if (own === undefined || !others.some((one) => isInGroup(own, one))) return false;
    const fall = fallOf(own);
    return groups.some((group) => group.members.length > 0 && fallOf(group) !== fall);
  });
}

/** Whether a group has a weight, by any of its names. */
export function isInGroup({ members }: ObservedGroup, { path, aliases }: Weight): boolean {
  return members.some((member) => member.path === path || aliases.some((one) => one.path === member.path));
}
