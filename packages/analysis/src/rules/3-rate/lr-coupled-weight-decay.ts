import type { Fix } from '../../finding.ts';
import { isVanished, knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import { byOptimizer, optimizerName, saidOfRates } from '../by-optimizer.ts';
import { nIs, subjectText } from '../cause.ts';
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
  nursery: true,
  check(model) {
    const fading = model.weights.flatMap((weight) => {
      const [optimizer, ...others] = weight.rate.optimizers;
      if (optimizer === undefined || others.length > 0 || !isCoupled(optimizer)) return [];
      const fade = fadeOf(weight, optimizer, model);
      return fade === null ? [] : [{ weight, optimizer, fade }];
    });
    return byOptimizer(fading).flatMap(({ optimizer, weights, all: [first] }) =>
      first === undefined ? [] : [{ optimizer, weights, fade: first.fade }],
    );
  },
  say,
  fixes: (): readonly Fix[] => [
    {
      text: 'Multiply the decay of these weights by the width multiplier by which their rate is divided: at the base width nothing changes.',
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

interface FadingDecay {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** The power of 1/n with which what a step takes away falls. */
  readonly fade: number;
}

/** Optimizers that take λ·η of a weight at each step. */
const COUPLED: ReadonlySet<string> = new Set([
  'torch.optim.AdamW',
  'torch.optim.adamw.AdamW',
  'bitsandbytes.optim.AdamW',
  'bitsandbytes.optim.AdamW8bit',
  'lion_pytorch.Lion',
]);

function isCoupled({ qualified }: ObservedOptimizer): boolean {
  return COUPLED.has(qualified);
}

/** The power of 1/n with which decay falls; null where it does not, is none, or is not known. */
function fadeOf(weight: Weight, { steps }: ObservedOptimizer, { widths }: Model): number | null {
  const { role, rate, path, aliases } = weight;
  const lr = rate.missing === null ? knownExponent(rate.growth) : null;
  if (role !== 'hidden' || lr === null || lr > -ROUNDING) return null;
  const names = [path, ...aliases.map((alias) => alias.path)];
  const decays = steps.flatMap(({ groups }) =>
    groups
      .filter(({ members }) => members.some((member) => names.includes(member.path)))
      .map(({ weightDecay }) => widths.growthOf(weightDecay)),
  );
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
