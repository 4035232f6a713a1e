import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A bias or gain sums over nothing, so it may start at any size that does not grow.
 *
 *     a + b < 0   ⇒   what it is added to or multiplies grows like n^−(a + b)
 *
 * A start that falls is right for a bias, as zero is.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const growingVectorInit: Rule = defineRule<CausesHere>({
  code: 'MUP107',
  name: 'width-dependent-bias-init',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  check: (model) =>
    byPlace(
      model.weights.filter((weight) => growsBy(weight, model) > 0).flatMap((one) => causesOf(one, model)),
    ),
  say(here, model) {
    const { causes, first } = here;
    const weights = causes.map(({ weight }) => weight);
    const growth = growthText(growsBy(first.weight, model));
    return {
      ...saidOf(here, model),
      message: `${subjectText(model, weights)} initialized with values that grow like ${growth}${nIs(model)}, and so does what is made with them`,
    };
  },
  fixes: () => [
    {
      text: 'Start it at the same size at every width, such as 0 for a bias and 1 for a gain.',
      safety: 'changes-numbers',
      edits: [],
    },
  ],
});

/** The power of the width with which every start of a vector grows that the calculus finds too large; 0 where that is not proved. */
function growsBy(weight: Weight, { judgement }: Model): number {
  const { role, dims, inits } = weight;
  if (role !== 'input' || dims?.length !== 1 || inits.some(({ write }) => write.span === null)) return 0;
  const effect = judgement?.weights.get(weight)?.init ?? null;
  const [growth = null, ...others] = inits.map(({ std }) => knownExponent(std));
  const isOne = others.every((one) => one === growth);
  return growth !== null && isOne && growth > ROUNDING && effect !== null && effect < -ROUNDING ? growth : 0;
}
