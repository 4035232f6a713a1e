import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { powerText } from '../../words/exponent-text.ts';
import { nIs, related, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A matrix that stops mattering in a model whose features move all the same: its updates are too small by a power of the
 * width, so that in the limit it stays where initialization put it.
 *
 * @see docs/math.md#exponent-calculus
 */
export const frozenLayer: Rule = defineRule<readonly Weight[]>({
  code: 'MUP503',
  name: 'frozen-layer',
  shownAs: 'lens',
  levels: { mup: 'hint', advisory: 'hint' },
  check: (model) => {
    const frozen = model.weights.filter((weight) => fadeOf(weight, model) > ROUNDING);
    return model.verdict?.regime === 'feature-learning' && frozen.length > 0 ? [frozen] : [];
  },
  say: (weights, model) => ({
    span: model.outline.span,
    message:
      `Features move as width grows, but ${subjectText(model, weights)} left behind${nIs(model)}: updates shrink like ` +
      `${powerText(Math.max(...weights.map((weight) => fadeOf(weight, model))))} beside those that matter`,
    assumptions: model.outline.assumptions,
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  }),
  fixes: () => [
    { text: 'Explain shows the learning rates that would move them.', safety: 'needs-decision', edits: [] },
  ],
});

function fadeOf(weight: Weight, { judgement }: Model): number {
  const effect = judgement?.weights.get(weight)?.rate ?? null;
  const isMatrix = weight.role !== 'finite' && (weight.dims?.length ?? 0) > 1;
  return effect === null || !Number.isFinite(effect) || !isMatrix ? 0 : effect;
}
