import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { type AttentionLogits, attentionLogitsIn, type Reached } from './attention-logits.ts';
import { withoutKernel } from './without-kernel.ts';

/**
 * A dot product of two trained activations, over features whose number grows, that nothing divides before a softmax takes it
 * or the model gives it.
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
  check: (model) =>
    REACHED.flatMap((reached) =>
      attentionLogitsIn(model, reached)
        .filter(({ factor }) => factor === 0)
        .map((logits) => ({ ...logits, reached })),
    ),
  say,
  also: (logits, code) => withoutKernel(logits, code),
  fixes: ({ speed }) => [fixOf(speed)],
});

const REACHED = ['softmax', 'output'] as const;

/** A product that nothing divides, and what takes it. */
interface Unscaled extends AttentionLogits {
  readonly reached: Reached;
}

function say({ span, length, speed, weights, reached }: Unscaled, model: Model): Said {
  const features = codeSpan(quantityText(length, model.widths.isWidth));
  return {
    span,
    message:
      `A dot product of activations sums over ${features}, and nothing that falls with width scales it before ` +
      `${reached === 'softmax' ? 'the softmax' : 'it is given'}${nIs(model)}: it grows like ${growthText(speed / 2)} at initialization and like ${growthText(speed)} with training`,
    assumptions: [...widthAssumption(model.widths), ...constantAssumption([length], model.widths)],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  };
}

function fixOf(speed: number): Fix {
  const factor = growthText(speed, '(n₀/n)');
  return {
    text: `Multiply it by ${factor}: at the width n₀ nothing changes.`,
    safety: 'identical-at-base',
    edits: [],
  };
}
