import { codeSpan } from '@widthwise/core';
import { knownExponent } from '../../growth/growth.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Multiple } from '../../network/graph.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { fallingFactors } from '../2-forward/readout-factor.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { lackOf } from './rate-effects.ts';

/** A readout whose multipliers fall faster than 1/n together. */
interface Doubled {
  readonly weight: Weight;
  readonly factors: readonly Multiple[];
  /** The last factor, where the code has it. */
  readonly span: Span;
  /** The power of 1/n with which they fall. */
  readonly a: number;
  readonly lack: number;
}

/**
 * A readout that is divided by the width twice, at a rate that does not fall. MUP305 is told of it at the second factor.
 *
 *     a > 1 and c ≤ 0   ⇒   what an update changes of the output falls like n^(1 − a − c)
 */
export const doubledMultiplier: Rule = defineRule<Doubled>({
  code: 'MUP305',
  name: 'doubly-scaled',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => model.weights.flatMap((weight) => doubledOf(weight, model) ?? []),
  say: ({ weight, factors, span, a, lack }, model) => ({
    span,
    message:
      `What ${codeSpan(model.rowName(weight))} (${weight.fans}) gives is multiplied by ${factorsText(factors, model)}, ` +
      `which falls like ${powerText(a)}${nIs(model)}, and 1/n is enough: its updates are ${growthText(lack)} times too small, so that wide models hardly train it`,
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption([...factors.map(({ factor }) => factor), weight.rate.lr], model.widths),
    ],
    weights: [model.rowName(weight)],
    related: [
      ...factors.flatMap((one) =>
        one.span === null || one.span === span ? [] : { span: one.span, message: 'it is divided here, too' },
      ),
      ...related(model, [weight]),
    ],
  }),
  fixes: () => [
    {
      text: 'Let one of them scale with the width: at the base width, where both are 1, nothing changes.',
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

function doubledOf(weight: Weight, model: Model): Doubled | null {
  const { role, rate, untracked, multiplier, applications } = weight;
  const growth = rate.missing === null && !untracked ? knownExponent(rate.growth) : null;
  const a = -toNumber(multiplier.high);
  const lack = lackOf(weight, model);
  if (role !== 'output' || growth === null || growth < -ROUNDING || rate.update?.kind === 'muon') return null;
  if (a < 1 + ROUNDING || lack < ROUNDING) return null;
  const [application, ...others] = applications;
  if (application === undefined || others.length > 0) return null;
  const factors = fallingFactors(application, model);
  const span = factors.findLast((one) => one.span !== null)?.span ?? null;
  return span === null ? null : { weight, factors, span, a, lack };
}

function factorsText(factors: readonly Multiple[], { widths: { isWidth } }: Model): string {
  return factors.map(({ factor }) => quantityText(factor, isWidth)).join(' and by ');
}
