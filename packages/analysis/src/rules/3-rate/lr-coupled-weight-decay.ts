import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { scaledDecay } from '../../fixes/scaled-decay.ts';
import { isVanished, knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import { decaysOf } from '../../outline/weight-decays.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import { byOptimizer, optimizerName, saidOfRates } from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { groupPlace } from './group-place.ts';

/**
 * A decay that the optimizer multiplies by the rate: where the rate of hidden weights falls like n^-c and the coefficient
 * does not grow to match, a step takes n^-c of what it takes of a narrow model.
 *
 *     share of a step   η·λ ∝ n^-(c + λ),   right is 0 at a fixed number of tokens
 *
 * @see docs/math.md, weight decay; Kosson et al. 2025; Fan et al. 2025
 */
export const coupledWeightDecay: Rule = defineRule<FadingDecay>({
  code: 'MUP306',
  name: 'lr-coupled-weight-decay',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check(model) {
    const fading = model.weights.flatMap((weight) => {
      const [optimizer, ...others] = weight.rate.optimizers;
      if (optimizer === undefined || others.length > 0 || optimizer.coupledDecay === null) return [];
      const fade = fadeOf(weight, optimizer, model);
      return fade === null ? [] : [{ weight, optimizer, fade }];
    });
    return byOptimizer(fading).flatMap(({ optimizer, weights, all: [first] }) =>
      first === undefined ? [] : [{ optimizer, weights, fade: first.fade }],
    );
  },
  say,
  fixes: (state, model, code) => [fixOf(state, model, code)],
});

interface FadingDecay {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** The power of 1/n with which what a step takes away falls. */
  readonly fade: number;
}

/** The power of 1/n with which decay falls; null where it does not, is none, or is not known. */
function fadeOf(weight: Weight, optimizer: ObservedOptimizer, { widths }: Model): number | null {
  const { role, rate } = weight;
  const lr = rate.missing === null ? knownExponent(rate.growth) : null;
  if (role !== 'hidden' || lr === null || lr > -ROUNDING) return null;
  const decays = decaysOf(optimizer, [weight]).map(widths.growthOf);
  const fades = new Set(
    decays.map((decay) => {
      const power = isVanished(decay) ? null : knownExponent(decay);
      return power === null ? null : 0 - lr - power;
    }),
  );
  const [fade = null, ...others] = fades;
  return fade !== null && fade > ROUNDING && others.length === 0 ? fade : null;
}

function say({ optimizer, weights, fade }: FadingDecay, model: Model): Said {
  const c = Math.max(...weights.map(({ rate }) => 0 - (knownExponent(rate.growth) ?? 0)));
  const said = saidOfRates({ optimizer, weights }, model);
  return {
    ...said,
    span: groupPlace({ optimizer, weights }),
    message:
      `${subjectText(model, weights)} trained at a learning rate that goes like ${powerText(c)}${nIs(model)}, and ` +
      `${optimizerName(optimizer)} multiplies the weight decay by it: each step takes ${growthText(-fade)} of what it takes at a fixed width, ` +
      'so that wide models are hardly regularized',
    assumptions: [
      ...said.assumptions,
      'Assumes wide models are trained on as many tokens as narrow ones, and that the decay is not 0; where tokens grow with the width, a decay that falls with it may be meant.',
    ],
  };
}

function fixOf({ optimizer, weights, fade }: FadingDecay, model: Model, code: CodeAround): Fix {
  const scaled = scaledDecay(
    groupPlace({ optimizer, weights }),
    { optimizer, weights, fade },
    { model, code },
  );
  const what = `Multiply the weight decay of ${isOneRow(model, weights) ? 'it' : 'them'} by what the rate is divided by`;
  const factor = factorOf(scaled);
  const told =
    factor === null || factor.declares !== null
      ? `a factor ${growthText(fade, '(n/n₀)')} leaves it as it is at the width n₀ it was chosen at`
      : factorText(-fade, factor);
  return { text: `${what}: ${told}.`, ...editsOf(scaled) };
}
