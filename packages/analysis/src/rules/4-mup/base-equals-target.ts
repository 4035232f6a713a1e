import { grouped } from '../../grouped.ts';
import type { BaseShapesGiven } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import { placeKey } from '../../syntax/span.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * Base shapes that are the model's own: `set_base_shapes(model, None)`, a base that is made as wide as the model, or a
 * delta as wide as the base.
 *
 *     width_mult = n/n₀ = 1 at every width   ⇒   mup's readouts, initializers and optimizers are PyTorch's
 *
 * Silent where another call gives it those of another model, as scripts do that compare the two.
 *
 * @see microsoft/mup, README
 */
export const baseEqualsTarget: Rule = defineRule<BaseShapesGiven>({
  code: 'MUP406',
  name: 'base-equals-target',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  check: (model) =>
    hasOwnShapes(model)
      ? [...grouped(model.baseShapes, ({ span }) => placeKey(span)).values()].flatMap(
          ([first]) => first ?? [],
        )
      : [],
  say: ({ span }, model) => ({
    span,
    message:
      'With these base shapes nothing of the model grows: its width multiplier is 1 at every width, so it is trained in standard parametrization whatever optimizer and readout it has',
    assumptions: [],
    weights: [],
    related: [{ span: model.outline.span, message: `${model.outline.name} is made here` }],
  }),
  fixes: () => [
    {
      text: 'Give it the shapes of a model of another, fixed width, and of a second one for which dimensions grow.',
      safety: 'needs-decision',
      edits: [],
    },
  ],
});

/** Whether a model has base shapes, its own on all ways. */
export function hasOwnShapes({ baseShapes }: Pick<Model, 'baseShapes'>): boolean {
  return baseShapes.length > 0 && baseShapes.every(({ base }) => base === 'own');
}
