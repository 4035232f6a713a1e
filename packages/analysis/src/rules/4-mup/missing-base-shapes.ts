import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { isMups } from '../3-rate/rate-effects.ts';
import { byOptimizer, optimizerName, type Trained, type TrainedTogether } from '../by-optimizer.ts';
import { related } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * One of mup's optimizers over parameters of a model that nobody in sight has given base shapes yet: it asks each of them for
 * what it has not, and ends with an error.
 *
 * @see microsoft/mup, README: set base shapes before anything else
 */
export const missingBaseShapes: Rule = defineRule<TrainedTogether<Trained>>({
  code: 'MUP403',
  name: 'missing-base-shapes',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check: (model) => (mayHaveBaseShapes(model) ? [] : byOptimizer(model.weights.flatMap(trainedBlindly))),
  say: ({ optimizer, weights }, model) => ({
    span: optimizer.span,
    message: `${optimizerName(optimizer)} is given parameters of ${model.outline.name}, whose base shapes are not set before: it asks each parameter for them, and ends with an error`,
    assumptions: ['Assumes nothing that is not read here sets base shapes.'],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  }),
  fixes: () => [
    {
      text: 'Call `mup.set_base_shapes` on the model before its optimizer is made.',
      safety: 'needs-decision',
      edits: [],
    },
  ],
});

/** Whether an optimizer may find base shapes: all that are set are not late. */
function mayHaveBaseShapes({ hasBaseShapes, baseShapes }: Model): boolean {
  return baseShapes.length === 0 ? hasBaseShapes : !baseShapes.every(({ isLate }) => isLate);
}

function trainedBlindly(weight: Weight): readonly Trained[] {
  return weight.rate.optimizers.filter(asksInVain).map((optimizer) => ({ weight, optimizer }));
}

/** Whether what it makes of rates is unread by itself, as of parameters without base shapes. */
function asksInVain(optimizer: ObservedOptimizer): boolean {
  return (
    isMups(optimizer) &&
    optimizer.steps.every(
      ({ unread }) => unread?.what === optimizer.qualified && unread.span.start === optimizer.span.start,
    )
  );
}
