import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import {
  type AttentionLogits,
  attentionLogitsIn,
  multipliedOpenHeadsIn,
  type Reached,
} from './attention-logits.ts';
import { withoutKernel } from './without-kernel.ts';

/**
 * A dot product of two trained activations, over features whose number grows, that nothing divides before a softmax takes it
 * or the model gives it; or that is multiplied by what grows, which is too much whatever a head's features do.
 *
 *     q·k = Θ(√d) at initialization, Θ(d) once training correlates them
 *
 * @see Yang et al. 2022 (Tensor Programs V), Definition 4.1
 */
export const unscaledWidthContraction: Rule = defineRule<Unscaled>({
  code: 'MUP203',
  name: 'unscaled-width-contraction',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => [
    ...REACHED.flatMap((reached) =>
      attentionLogitsIn(model, reached)
        .filter(({ factor }) => factor >= 0)
        .map((logits): Unscaled => ({ ...logits, reached })),
    ),
    ...multipliedOpenHeadsIn(model).map((logits): Unscaled => ({ ...logits, reached: 'softmax' })),
  ],
  say,
  also: (logits, code) => withoutKernel(logits, code),
  fixes: ({ speed, factor }) => [fixOf(speed + factor)],
});

const REACHED = ['softmax', 'output'] as const;

/** A product that nothing divides, and what takes it; of open heads, with a speed of 0. */
interface Unscaled extends AttentionLogits {
  readonly reached: Reached;
}

function say(unscaled: Unscaled, model: Model): Said {
  const { span, factorSpan, factor, length, weights, reached } = unscaled;
  const features = codeSpan(quantityText(length, model.widths.isWidth));
  const taken = reached === 'softmax' ? 'the softmax' : 'it is given';
  const what =
    factor > 0
      ? `is multiplied by what grows like ${growthText(factor)} before ${taken}`
      : `nothing that falls with width scales it before ${taken}`;
  return {
    span: (factor > 0 ? factorSpan : null) ?? span,
    message: `A dot product of activations sums over ${features}, and ${what}${nIs(model)}: ${growth(unscaled)}`,
    assumptions: [...widthAssumption(model.widths), ...constantAssumption([length], model.widths)],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  };
}

function growth({ speed, factor }: Unscaled): string {
  return speed > 0
    ? `it grows like ${growthText(speed / 2 + factor)} at initialization and like ${growthText(speed + factor)} with training`
    : `it grows like ${growthText(factor)} if models get more heads, and faster if heads get longer`;
}

function fixOf(speed: number): Fix {
  const factor = growthText(speed, '(n₀/n)');
  return {
    text: `Multiply it by ${factor}: at the width n₀ nothing changes.`,
    safety: 'identical-at-base',
    edits: [],
  };
}
