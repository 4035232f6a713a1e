import { toNumber } from '../../growth/rational.ts';
import { growthText } from '../../words/exponent-text.ts';
import { isSurelyTooLarge, tooLargeBy } from '../1-init/hidden-starts.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdText, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A hidden weight that one of PyTorch's initializers starts once more after base shapes were set: those do not ask for
 * them, and mup's do.
 *
 *     torch.nn.init: a + b < ½        mup.init with the same numbers: a + b = ½
 *
 * In place of MUP101.
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
        .filter((weight) => weight.startsAfterBaseShapes && isSurelyTooLarge(weight, model))
        .flatMap((one) => causesOf(one, model)),
    ),
  say(here, model) {
    const { causes, first } = here;
    const weights = causes.map(({ weight }) => weight);
    const growth = tooLargeBy(first, model) ?? toNumber(first.std.low);
    return {
      ...saidOf(here, model),
      message:
        `${subjectText(model, weights)} initialized with ${stdText(first, model)}${nIs(model)}, after base shapes were set and without asking for them: ` +
        `preactivations grow like ${growthText(growth)}`,
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
