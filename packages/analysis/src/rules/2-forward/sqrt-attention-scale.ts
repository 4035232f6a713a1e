import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { fusedCall } from '../../fixes/fused-attention.ts';
import { scaledLogits } from '../../fixes/scaled-logits.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { type AttentionLogits, attentionLogitsIn } from './attention-logits.ts';
import { withoutKernel } from './without-kernel.ts';

/**
 * Logits of attention divided by √d though the features d of a head grow.
 *
 *     q·k = Θ(d) once training correlates them   ⇒   q·k / √d grows like √d
 *
 * @see Yang et al. 2022 (Tensor Programs V), Definition 4.1
 */
export const sqrtAttentionScale: Rule = defineRule<AttentionLogits>({
  code: 'MUP202',
  name: 'sqrt-attention-scale',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => attentionLogitsIn(model).filter(({ factor, speed }) => factor === -speed / 2),
  say,
  also: (logits, code) => withoutKernel(logits, code),
  fixes: (logits, model, code) => [fixOf(logits, model, code)],
});

function say({ span, factorSpan, length, speed, weights }: AttentionLogits, model: Model): Said {
  const features = codeSpan(quantityText(length, model.widths.isWidth));
  return {
    span: factorSpan ?? span,
    message:
      `Attention logits are sums over ${features} and scaled by ${growthText(-speed / 2)} alone${nIs(model)}: ` +
      `once training correlates queries and keys they grow like ${growthText(speed / 2)}`,
    assumptions: [...widthAssumption(model.widths), ...constantAssumption([length], model.widths)],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  };
}

function fixOf({ span, length, speed }: AttentionLogits, model: Model, code: CodeAround): Fix {
  const power = speed / 2;
  const made = scaledLogits({ span, length, power }, model, code);
  const scaled = factorOf(made);
  const isMade = scaled !== null && scaled.declares === null;
  const factor = isMade ? codeSpan(scaled.text) : growthText(power, '(n₀/n)');
  const call = fusedCall(span, code);
  const isGiven = call?.args.some(({ name }) => name === 'scale') === true;
  const given = isGiven
    ? `Multiply its ${codeSpan('scale=')} by ${factor} besides`
    : `Give it ${codeSpan('scale=')}, 1/√d of the d features of a head times ${factor}`;
  const what = call ? given : `Multiply the logits by ${factor} besides`;
  const at = isMade ? `at ${codeSpan(`${scaled.width} = ${scaled.base}`)}` : 'at the width n₀';
  return { text: `${what}: ${at} nothing changes, and they are scaled by 1/d.`, ...editsOf(made) };
}
