import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { DIFFER } from '../../fixes/no-edit.ts';
import { scaledInit } from '../../fixes/scaled-init.ts';
import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import { scaledForAttention } from '../2-forward/attention-scale-in-init.ts';
import { isStartedByMup } from '../4-mup/width-in-mup-init.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdText, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isNormalizedAtOnce, takersOf } from '../start-limit.ts';

/**
 * A hidden weight needs a + b = ½, and one that starts smaller makes nothing at the start of a wide model.
 *
 *     ½ < a + b < ∞   ⇒   preactivations are Θ(n^(½ − a − b))
 *
 * A zero start is right in many places, and what is added to something else may start small, so both are silent, as is
 * what a normalization takes at once.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const overscaledHiddenInit: Rule = defineRule<CausesHere>({
  code: 'MUP102',
  name: 'overscaled-hidden-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => {
    const folded = scaledForAttention(model);
    const small = model.weights.filter((weight) => tooSmallBy(weight, model) !== null && !folded.has(weight));
    return byPlace(small.flatMap((one) => causesOf(one, model)));
  },
  say,
  fixes: fixesOf,
});

/** The power of the width by which every start that the weight may have is too small; null where that is not proved. */
function tooSmallBy(weight: Weight, model: Model): number | null {
  const { role, inits, applications, speeds } = weight;
  if (
    role !== 'hidden' ||
    inits.length === 0 ||
    isStartedByMup(weight) ||
    inits.some(({ write }) => write.span === null)
  )
    return null;
  const [start = null, ...others] = inits.map(({ std }) => knownExponent(std));
  // One that is usual beside a factor that falls, as queries have that are scaled by 1/√d, is not what is wrong.
  const isSmall = start !== null && speeds !== null && start < -speeds.into / 2 - ROUNDING;
  if (!isSmall || others.some((one) => one !== start)) return null;
  const small = model.judgement?.weights.get(weight)?.init ?? null;
  if (small === null || !Number.isFinite(small) || small < ROUNDING) return null;
  const isBranch = takersOf(applications, model).has('sum');
  return isBranch || isNormalizedAtOnce(applications, model) ? null : small;
}

function say(here: CausesHere, model: Model): Said {
  const { causes, first } = here;
  const subject = subjectText(
    model,
    causes.map(({ weight }) => weight),
  );
  const small = tooSmallBy(first.weight, model) ?? 0;
  return {
    ...saidOf(here, model),
    message:
      `${subject} initialized with ${stdText(here, model)}${nIs(model)}: ` +
      `preactivations, sums of n terms of either sign, shrink like ${growthText(-small)}`,
  };
}

function fixesOf({ causes, first, span }: CausesHere, model: Model, code: CodeAround): readonly Fix[] {
  const powers = new Set(causes.map(({ weight }) => tooSmallBy(weight, model)));
  const power = 0 - (tooSmallBy(first.weight, model) ?? 0);
  const weights = causes.map(({ weight }) => weight);
  const scaled = powers.size > 1 ? DIFFER : scaledInit({ span, weights, power }, model, code);
  return [
    {
      text: `Let it fall by ${growthText(-power)} less: ${factorText(power, factorOf(scaled))}.`,
      ...editsOf(scaled),
    },
  ];
}
