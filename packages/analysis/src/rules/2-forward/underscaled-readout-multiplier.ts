import { codeSpan } from '@widthwise/core';
import { knownExponent } from '../../growth/growth.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { type ReadoutFactor, readoutFactorOf } from './readout-factor.ts';

/**
 * A readout that starts at a constant size and whose multiplier falls with the width, but too slowly.
 *
 *     b = 0, 0 < a < 1   ⇒   features that move together change outputs like n^(1 − a)
 *
 * In place of MUP104 and MUP302: with a = 1 both start and rate are right. Tied readouts are MUP206's.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 8
 */
export const underscaledReadoutMultiplier: Rule = defineRule<ReadoutFactor>({
  code: 'MUP201',
  name: 'underscaled-readout-multiplier',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  check: (model: Model) => model.weights.flatMap((weight) => readoutFactorOf(weight, model) ?? []),
  say: ({ weight, factor, span, lack }, model) => ({
    span,
    message:
      `What ${codeSpan(model.rowName(weight))} (${weight.fans}) gives is multiplied by ${quantityText(factor.factor, model.widths.isWidth)}, ` +
      `which falls like ${growthText(knownExponent(model.widths.growthOf(factor.factor)) ?? 0)}${nIs(model)}, and 1/n is right for a start that is constant in width: ` +
      `features that move together change outputs like ${growthText(lack)}`,
    assumptions: [...widthAssumption(model.widths), ...constantAssumption([factor.factor], model.widths)],
    weights: [model.rowName(weight)],
    related: related(model, [weight]),
  }),
  fixes: ({ lack }) => [
    {
      text: `Multiply by ${growthText(lack, '(n₀/n)')} besides: at the width n₀ nothing changes.`,
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});
