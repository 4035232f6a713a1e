import type { Fix } from '../../finding.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import { widthAssumption } from '../../outline/assumptions.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { excessOf } from '../3-rate/rate-effects.ts';
import { nIs, related, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A readout without mup's multiplier in a model that has base shapes.
 *
 *     mup leaves start and rate of readouts to MuReadout's 1/width_mult:   a = 1, b = 0, c = 0
 *     a plain linear layer has                                             a = 0, b = ½, c = 0
 *
 * In place of MUP104 and MUP302, and told only of readouts whose start or rate the calculus finds too large.
 *
 * @see microsoft/mup, README: replace the output layer with MuReadout
 */
export const plainLinearReadout: Rule = defineRule<Weight>({
  code: 'MUP401',
  name: 'plain-linear-readout',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => model.weights.filter((weight) => isPlainReadout(weight, model)),
  say: (weight, model) => ({
    span: weight.spans.constructor,
    message:
      `${subjectText(model, [weight])} a readout without a multiplier that falls with the width, in a model with base shapes${nIs(model)}: ` +
      "mup's optimizers and initializers leave that to MuReadout, so outputs change like n once features move together",
    assumptions: widthAssumption(model.widths),
    weights: [model.rowName(weight)],
    related: related(model, [weight]),
  }),
  fixes: () => [TO_MU_READOUT],
});

/** What mends any readout whose outputs are too large in a model that has base shapes. */
export const TO_MU_READOUT: Fix = {
  text: 'Make it a `mup.MuReadout`, which divides what it is given by the width multiplier: at the base width it is the same layer.',
  safety: 'identical-at-base',
  edits: [],
};

/** Whether a readout of a model with base shapes has no multiplier, and lacks one. */
export function isPlainReadout(weight: Weight, model: Model): boolean {
  const { role, isTied, mayBe, rate } = weight;
  if (!model.hasBaseShapes || role !== 'output' || isTied || mayBe.length > 0) return false;
  const { a } = exponentsOf(weight);
  return a === 0 && rate.optimizers.length > 0 && excessOf(weight, model) > ROUNDING;
}
