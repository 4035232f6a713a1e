import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { byOptimizer, optimizerName, type Trained, type TrainedTogether } from '../by-optimizer.ts';
import { related, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A matrix that is several side by side, as query, key and value are, orthogonalized as one: its parts share one
 * spectrum, so that the update of each has the norm which the others leave it.
 *
 * @see Bernstein and Newhouse 2024, Modular duality in deep learning: a norm for each module
 */
export const fusedMatrixOrthogonalized: Rule = defineRule<TrainedTogether<Trained>>({
  code: 'MUP310',
  name: 'fused-matrix-orthogonalized',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  atMostElsewhere: 'hint',
  check: (model) =>
    byOptimizer(
      model.weights
        .filter((weight) => isFused(weight, model))
        .flatMap((weight) => weight.rate.optimizers.map((optimizer) => ({ weight, optimizer }))),
    ),
  say: ({ optimizer, weights }, model) => ({
    span: optimizer.span,
    message:
      `${subjectText(model, weights)} trained by ${optimizerName(optimizer)} as one matrix and used in parts, as query, key and value are: ` +
      'updates are orthogonalized over all parts together, so that none of them has the norm that a matrix of its own would have',
    assumptions: [],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  }),
  fixes: () => [
    {
      text: 'Make a layer of each part, or orthogonalize the parts one by one.',
      safety: 'changes-numbers',
      edits: [],
    },
  ],
});

function isFused(weight: Weight, { judgement }: Model): boolean {
  const { role, rate, dims } = weight;
  const isOrthogonalized = rate.missing === null && rate.update?.kind === 'muon';
  return (
    role === 'hidden' && dims?.length === 2 && isOrthogonalized && judgement?.parted.has(weight) === true
  );
}
