import { ROUNDING } from '../../growth/rounding.ts';
import type { MuonShape, UpdateRule } from '../../network/optimizer.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import {
  optimizerName,
  saidOfRates,
  type Trained,
  type TrainedTogether,
  wrongByOptimizer,
} from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';

/**
 * The factor by which an orthogonalized update is multiplied decides how its rate transfers.
 *
 *     ‖ΔW‖₂ = η·s(out, in), right is √(out/in):   s = √max(1, out/in), √(out/in)   wants c = 0
 *                                                 s = 0.2·√max(out, in)            wants c = ½
 *
 * Told of hidden matrices alone: those at an end of the network are MUP309's, rates that fall too far MUP305's.
 *
 * @see Bernstein and Newhouse 2024, Modular duality in deep learning; docs/math.md
 */
export const muonScaleMode: Rule = defineRule<TrainedTogether<Mismatched>>({
  code: 'MUP312',
  name: 'muon-scale-mode',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  atMostElsewhere: 'hint',
  check: (model) =>
    wrongByOptimizer(model, (weight) => {
      const effect = effectOf(weight, model);
      return effect === 0 ? null : { effect };
    }),
  say,
  fixes: ({ all: [first] }) =>
    first === undefined
      ? []
      : [
          {
            text: `Multiply the rate of these matrices by ${growthText(-first.effect, '(n₀/n)')}, or let their updates be multiplied by √(out/in): at the width n₀ the first changes nothing.`,
            safety: 'identical-at-base',
            edits: [],
          },
        ],
});

/** A matrix whose updates are too large (below 0) or too small by a power of the width. */
interface Mismatched extends Trained {
  readonly effect: number;
}

function effectOf(weight: Weight, { judgement }: Model): number {
  const { role, rate, isTied, mayBe, untracked } = weight;
  const { c } = exponentsOf(weight);
  const effect = judgement?.weights.get(weight)?.rate ?? null;
  if (role !== 'hidden' || rate.update?.kind !== 'muon' || isTied || mayBe.length > 0 || untracked) return 0;
  if (c === null || effect === null || !Number.isFinite(effect) || Math.abs(effect) < ROUNDING) return 0;
  return effect < 0 || Math.abs(c) < ROUNDING ? effect : 0;
}

const MODES: Readonly<Record<MuonShape, string>> = {
  none: 'nothing',
  jordan: '√max(1, out/in)',
  spectral: '√(out/in)',
  moonlight: '√max(out, in)',
};

function modeOf(update: UpdateRule | null): string {
  return update?.kind === 'muon' ? MODES[update.shape] : '';
}

function say({ optimizer, weights, all }: TrainedTogether<Mismatched>, model: Model): Said {
  const effect = all[0]?.effect ?? 0;
  const its = isOneRow(model, weights) ? 'its' : 'their';
  const size = effect < 0 ? 'too large' : 'too small';
  return {
    ...saidOfRates({ optimizer, weights }, model),
    message:
      `${subjectText(model, weights)} trained by ${optimizerName(optimizer)}, which multiplies orthogonal updates by ${modeOf(weights[0]?.rate.update ?? null)}${nIs(model)}: ` +
      `at this rate ${its} updates are ${growthText(Math.abs(effect))} times ${size} as width grows`,
  };
}
