import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { powerText } from '../../words/exponent-text.ts';
import { byPlace, type Cause, type CausesHere, causesOf, nIs, saidOf, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { isNormalizedAtOnce } from '../start-limit.ts';

/**
 * A size that depends on the width given to one of mup's initializers, which scale it by themselves.
 *
 *     mup.init.normal_(std = s) starts a matrix at s·n^−½ and an input weight at s:   right is a constant s
 *
 * In place of MUP101, MUP102 and MUP103.
 *
 * @see microsoft/mup, mup/init.py
 */
export const widthInMupInit: Rule = defineRule<CausesHere>({
  code: 'MUP402',
  name: 'width-in-mup-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    byPlace(
      model.weights
        .flatMap((one) => causesOf(one, model))
        .filter((cause) => cause.write.asksBaseShapes === true && askedBy(cause, model) !== 0),
    ),
  say(here, model) {
    const { causes, first } = here;
    const weights = causes.map(({ weight }) => weight);
    const asked = askedBy(first, model);
    return {
      ...saidOf(here, model),
      message:
        `${subjectText(model, weights)} initialized by \`mup.init\` with a size that goes like ${powerText(-asked)}${nIs(model)}: ` +
        `it is multiplied by what μP wants besides, and is right if it is the same at every width`,
    };
  },
  fixes: () => [
    {
      text: 'Give it a number that is the same at every width, such as what it is at the base width.',
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

/**
 * The power of the width in what one of mup's initializers is given for a weight that starts wrong by that; 0 where there is
 * none. Other ways may start the weight otherwise: on this one it is wrong.
 */
function askedBy({ weight, std }: Cause, model: Model): number {
  const { role, dims, applications } = weight;
  const isMatrix = (dims?.length ?? 0) > 1 && (role === 'hidden' || role === 'input');
  const growth = knownExponent(std);
  if (!isMatrix || growth === null || isNormalizedAtOnce(applications, model)) return 0;
  const asked = role === 'hidden' ? growth + 1 / 2 : growth;
  return Math.abs(asked) < ROUNDING ? 0 : asked;
}

/** Whether mup's initializers alone start a weight, so that what they are given is what may be wrong. */
export function isStartedByMup({ inits }: Weight): boolean {
  return inits.length > 0 && inits.every(({ write }) => write.asksBaseShapes === true);
}
