import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import { hasSeveralFactors, type Weight } from '../../outline/weights.ts';
import { isStartedByMup } from '../4-mup/width-in-mup-init.ts';
import { isNormalizedAtOnce } from '../start-limit.ts';

/** By which power of the width every start that the weight may have is too small; null where none is proved. */
export function tooSmallBy(weight: Weight, model: Model): number | null {
  const { judgement } = model;
  const { role, dims, inits } = weight;
  if (judgement === null || role !== 'input' || dims === null || dims.length < 2 || inits.length === 0) {
    return null;
  }
  if (
    weight.isTied ||
    hasSeveralFactors(weight) ||
    isStartedByMup(weight) ||
    isNormalizedAtOnce(weight.applications, model)
  )
    return null;
  const [start = null, ...others] = inits.map(({ std }) => knownExponent(std));
  if (start === null || others.some((one) => one !== start) || Math.abs(start) < ROUNDING) return null;
  const effects = [judgement.weights.get(weight)?.init ?? null, judgement.shares.get(weight) ?? null];
  const wrong = effects.filter((one) => one !== null && Number.isFinite(one) && Math.abs(one) > ROUNDING);
  return wrong[0] ?? null;
}

/**
 * Whether it starts after base shapes were set, by initializers that know its fans alone: mup's of these names start it as
 * μP has it, which MUP405 says.
 */
export function startsByFansAfterBaseShapes({ startsAfterBaseShapes, inits }: Weight): boolean {
  return startsAfterBaseShapes && inits.every(({ write }) => BY_FANS.test(write.by));
}

const BY_FANS = /(?:^|\.)(?:xavier|kaiming)_(?:normal|uniform)_?$/;
