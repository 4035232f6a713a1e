import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { keepFactor, rateWrite } from '../../fixes/rate-write.ts';
import { grouped } from '../../grouped.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Weight } from '../../outline/weights.ts';
import { isSamePlace } from '../../syntax/span.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import { optimizerName, saidOfRates } from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { type OverwrittenRate, overwrittenRate } from './overwritten-rates.ts';

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
    const wrong = model.weights.flatMap((weight) => {
      const rate = overwrittenRate(weight, model);
      return rate === null ? [] : [{ ...rate, weight }];
    });
    return [...grouped(wrong, ({ optimizer }) => optimizer).values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      return {
        ...first,
        weights: all.map(({ weight }) => weight),
        excess: Math.max(...all.map(({ excess }) => excess)),
        others: [...optimizers].filter((other) => !isSamePlace(other.span, first.optimizer.span)),
      };
    });
  },
  place: (state, code) => rateWrite(state, code)?.span ?? null,
  say: ({ optimizer, weights, fall, excess, written }, model) => {
    const said = saidOfRates({ optimizer, weights }, model);
    return {
      ...said,
      span: written ?? said.span,
      message:
        `${subjectText(model, weights)} in a group of ${optimizerName(optimizer)} whose rate goes like ${powerText(fall)}${nIs(model)}, and code that sets one rate for all groups writes over it: ` +
        `under full alignment ${isOneRow(model, weights) ? 'its' : 'their'} updates are ${growthText(excess)} times too large as width grows`,
    };
  },
  fixes: (state, _model, code) => [fixOf(state, code)],
});

interface Overwritten extends OverwrittenRate {
  readonly weights: readonly Weight[];
  /** The other optimizers of the model, whose rates other lines write. */
  readonly others: readonly ObservedOptimizer[];
}

function fixOf(state: Overwritten, code: CodeAround): Fix {
  const { scale } = state;
  const write = scale && rateWrite(state, code);
  const kept = write && keepFactor(write, scale.key, code);
  if (!kept) {
    return {
      text: "Keep a factor in each group and multiply by it, as in `group['lr'] = lr * group['lr_scale']`: where all factors are 1 nothing changes.",
      safety: 'identical-at-base',
      edits: [],
    };
  }
  return {
    text: `Multiply by the factor that the groups keep, ${codeSpan(kept.factor)}: where it is 1 nothing changes.`,
    safety: scale.isOneAtBase ? 'identical-at-base' : 'changes-numbers',
    edits: kept.edits,
  };
}
