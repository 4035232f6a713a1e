import { rateWrite } from '../../fixes/rate-write.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import {
  optimizerName,
  saidOfRates,
  type Trained,
  type TrainedTogether,
  wrongByOptimizer,
} from '../by-optimizer.ts';
import { nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { overwrittenFall } from './overwritten-rates.ts';
import { excessOf } from './rate-effects.ts';

/**
 * A schedule that writes one rate over all groups of an optimizer, of which some had a rate that falls with the width.
 *
 *     c of the group = 1, c at the step = 0   ⇒   updates of hidden weights are n times too large
 *
 * In place of MUP301 and MUP302.
 *
 * @see karpathy/nanoGPT, train.py, which sets one rate; EleutherAI/nanoGPT-mup, which multiplies by a group's own factor
 */
export const overwrittenGroupRate: Rule = defineRule<Overwritten>({
  code: 'MUP307',
  name: 'overwritten-group-lr',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check(model) {
    const optimizers = new Set(model.weights.flatMap(({ rate }) => rate.optimizers));
    const wrong = wrongByOptimizer(model, (weight) => {
      const fall = overwrittenFall(weight, model);
      return fall === null ? null : { fall };
    });
    return wrong.map((one) => ({
      ...one,
      others: [...optimizers].filter((other) => other !== one.optimizer),
    }));
  },
  place: (state, code) => rateWrite(state, code),
  say: ({ optimizer, weights, all }, model) => ({
    ...saidOfRates({ optimizer, weights }, model),
    message:
      `${subjectText(model, weights)} in a group of ${optimizerName(optimizer)} whose rate goes like ${powerText(all[0]?.fall ?? 0)}${nIs(model)}, and code that sets one rate for all groups writes over it: ` +
      `under full alignment ${weights.length === 1 ? 'its' : 'their'} updates are ${growthText(Math.max(...weights.map((weight) => excessOf(weight, model))))} times too large as width grows`,
  }),
  fixes: () => [
    {
      text: "Keep a factor in each group and multiply by it, as in `group['lr'] = lr * group['lr_scale']`: where all factors are 1 nothing changes.",
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

interface Overwritten extends TrainedTogether<Trained & { readonly fall: number }> {
  /** The other optimizers of the model, whose rates other lines write. */
  readonly others: readonly ObservedOptimizer[];
}
