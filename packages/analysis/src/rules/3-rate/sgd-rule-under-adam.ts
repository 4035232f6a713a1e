import { ROUNDING } from '../../growth/rounding.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import {
  optimizerName,
  saidOfRates,
  type Trained,
  type TrainedTogether,
  wrongByOptimizer,
} from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { excessOf, lackOf } from './rate-effects.ts';

/**
 * Rates that are right for the other kind of optimizer.
 *
 *     SGD:   input c = −1, hidden c = 0, readout c = 1        Adam:   input c = 0, hidden c = 1, readout c = 1
 *
 * Under Adam an input weight whose rate grows with the width is too fast; under SGD a hidden one whose rate falls is too
 * slow. Both are told only where the calculus finds the same.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const sgdRuleUnderAdam: Rule = defineRule<TrainedTogether<Misruled>>({
  code: 'MUP304',
  name: 'sgd-rule-under-adam',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check: (model) =>
    wrongByOptimizer(model, (weight) => {
      const wrong = wrongBy(weight, model);
      return wrong === 0 ? null : { wrong };
    }),
  say,
  fixes: ({ all: [first] }) => [
    {
      text:
        first !== undefined && first.wrong < 0
          ? 'Keep the rate of input weights, biases and gains as it is at every width: with Adam it is that of hidden weights which falls like 1/n.'
          : 'Keep the rate of hidden weights as it is at every width: with SGD it is that of input weights which grows like n.',
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

/** A weight whose updates are too large (below 0) or too small by a power of the width. */
interface Misruled extends Trained {
  readonly wrong: number;
}

/** That power; 0 where a weight's rate is not the other optimizer's. */
function wrongBy(weight: Weight, model: Model): number {
  const { role, rate, isTied, mayBe } = weight;
  const { c } = exponentsOf(weight);
  if (c === null || isTied || mayBe.length > 0) return 0;
  if (rate.update?.kind === 'adam' && role === 'input' && c < -ROUNDING) {
    const excess = excessOf(weight, model);
    return excess > ROUNDING ? -excess : 0;
  }
  if (rate.update?.kind !== 'sgd' || role !== 'hidden' || c < ROUNDING) return 0;
  const lack = lackOf(weight, model);
  return lack > ROUNDING ? lack : 0;
}

function say({ optimizer, weights, all }: TrainedTogether<Misruled>, model: Model): Said {
  const [first] = weights;
  const c = first === undefined ? null : exponentsOf(first).c;
  const wrong = all[0]?.wrong ?? 0;
  const its = isOneRow(model, weights) ? 'its' : 'their';
  const effect =
    wrong < 0
      ? `under full alignment ${its} updates are ${growthText(-wrong)} times too large as width grows: such a rate is one for SGD, whose gradients fall with the width`
      : `${its} updates are ${growthText(wrong)} times too small as width grows: such a rate is one for Adam, whose updates have one size`;
  return {
    ...saidOfRates({ optimizer, weights }, model),
    message: `${subjectText(model, weights)} trained by ${optimizerName(optimizer)} at a learning rate that goes like ${powerText(c)}${nIs(model)}: ${effect}`,
  };
}
