import { toNumber } from '../../growth/rational.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import { isSurelyTooLarge, tooLargeBy } from '../1-init/hidden-starts.ts';
import { startsByFansAfterBaseShapes, tooSmallBy } from '../1-init/input-starts.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdText, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A weight that one of PyTorch's initializers starts once more after base shapes were set: those do not ask for them, and
 * mup's do.
 *
 *     torch.nn.init: hidden a + b < ½, input a + b ≠ 0 by its fans        mup.init with the same numbers: ½ and 0
 *
 * In place of MUP101 and, where the initializer is given no size, MUP103.
 *
 * @see microsoft/mup, README: use mup.init once base shapes are set
 */
export const initAfterBaseShapes: Rule = defineRule<CausesHere>({
  code: 'MUP405',
  name: 'init-after-rescale',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    byPlace(
      model.weights
        .filter((weight) => weight.startsAfterBaseShapes && isWrong(weight, model))
        .flatMap((one) => causesOf(one, model)),
    ),
  say(here, model) {
    const { causes, first } = here;
    const weights = causes.map(({ weight }) => weight);
    const shrinking = tooSmallBy(first.weight, model);
    const growth = tooLargeBy(first, model) ?? toNumber(first.std.low);
    const consequence =
      shrinking === null
        ? `preactivations grow like ${growthText(growth)}`
        : `features ${shrinking > 0 ? 'shrink' : 'grow'} like ${growthText(-shrinking)}`;
    return {
      ...saidOf(here, model),
      message:
        `${subjectText(model, weights)} initialized with ${stdText(here, model)}${nIs(model)}, after base shapes were set and without asking for them: ` +
        consequence,
    };
  },
  fixes: () => [
    {
      text: "Use `mup.init`'s initializer of that name: with the same numbers it starts the base model alike, and wider ones as μP has it.",
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

function isWrong(weight: Weight, model: Model): boolean {
  if (isSurelyTooLarge(weight, model)) return true;
  return tooSmallBy(weight, model) !== null && startsByFansAfterBaseShapes(weight);
}
