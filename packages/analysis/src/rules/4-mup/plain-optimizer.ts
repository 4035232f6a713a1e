import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import { widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import { excessOf, ignoresBaseShapes } from '../3-rate/rate-effects.ts';
import { byOptimizer, optimizerName } from '../by-optimizer.ts';
import { isOneRow, nIs, related, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isPlainReadout } from './plain-linear-readout.ts';

/**
 * Base shapes are for mup's optimizers, which scale each weight's rate by them. Another optimizer gives all weights one
 * rate, which is told only of those for which the calculus finds it too large.
 */
export const plainOptimizer: Rule = defineRule<Unasked>({
  code: 'MUP404',
  name: 'plain-optimizer',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check(model) {
    const fast = model.weights.flatMap((weight) => {
      const excess = isJudged(weight) && !isPlainReadout(weight, model) ? excessOf(weight, model) : 0;
      const plain = weight.rate.optimizers.filter((one) => ignoresBaseShapes(one, model));
      return excess > ROUNDING ? plain.map((optimizer) => ({ weight, optimizer, excess })) : [];
    });
    return byOptimizer(fast).map(({ optimizer, weights, all }) => ({
      optimizer,
      weights,
      excess: Math.max(...all.map((one) => one.excess)),
    }));
  },
  say,
  fixes: ({ optimizer }): readonly Fix[] => [
    {
      text: `Train it with ${codeSpan(muOptimizerFor(optimizer))}, which divides these rates by the width multiplier: at the base width nothing changes.`,
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

interface Unasked {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** The power of the width by which the largest update is too large. */
  readonly excess: number;
}

function isJudged({ role, isTied, mayBe }: Weight): boolean {
  return (role === 'hidden' || role === 'output') && !isTied && mayBe.length === 0;
}

function muOptimizerFor({ qualified, update }: ObservedOptimizer): string {
  if (update?.kind === 'sgd') return 'mup.MuSGD';
  return qualified.endsWith('AdamW') ? 'mup.MuAdamW' : 'mup.MuAdam';
}

function say({ optimizer, weights, excess }: Unasked, model: Model): Said {
  return {
    span: optimizer.span,
    message:
      `the model has base shapes, and ${optimizerName(optimizer)} does not ask for them: ${subjectText(model, weights)} trained at one rate for every width${nIs(model)}, ` +
      `and under full alignment ${isOneRow(model, weights) ? 'its' : 'their'} updates are ${growthText(excess)} times too large as width grows`,
    assumptions: widthAssumption(model.widths),
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  };
}
