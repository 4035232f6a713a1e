import type { Fix, RuleCode, RuleLevel } from '../../finding.ts';
import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import { byOptimizer, optimizerName, saidOfRates } from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { leakOf } from './group-leaks.ts';
import { lackOf } from './rate-effects.ts';

/** A rule about weights whose updates fade with the width, and why they do. */
interface SlowRule {
  readonly code: RuleCode;
  readonly name: string;
  readonly level: RuleLevel;
  /** Whether it is this that makes the weight slow, whose rate falls like n^-c. */
  concerns(weight: Weight, c: number): boolean;
  /** Behind the fact and its consequence. */
  readonly because: string;
  readonly remedy: string;
}

/** Weights that one optimizer trains too slowly. */
interface SlowRate {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** The power of the width by which their updates are too small at most. */
  readonly lack: number;
  readonly c: number;
}

/**
 * A rule that says at the optimizer whose rate falls with the width where it should not, so that as n grows
 *
 *     c > c_right   ⇒   the weight's updates move what follows by n^(c_right − c) of what they should
 *
 * Where another start would do as well, as in front of a normalization, both the rate as it is and the one that goes
 * with a right start must be too small.
 */
export function slowRate({ code, name, level, concerns, because, remedy }: SlowRule): Rule {
  return defineRule<SlowRate>({
    code,
    name,
    shownAs: 'finding',
    levels: { mup: level, advisory: 'off' },
    atMostElsewhere: 'hint',
    check(model) {
      const slow = model.weights.flatMap((weight) => {
        const c = fallOf(weight);
        const lack = lackOf(weight, model);
        const isHere =
          c !== null &&
          c > ROUNDING &&
          lack > ROUNDING &&
          concerns(weight, c) &&
          leakOf(weight, model) === null;
        return isHere ? weight.rate.optimizers.map((optimizer) => ({ weight, optimizer, lack, c })) : [];
      });
      return byOptimizer(slow).map(({ optimizer, weights, all }) => ({
        optimizer,
        weights,
        lack: Math.max(...all.map((one) => one.lack)),
        c: Math.max(...all.map((one) => one.c)),
      }));
    },
    say: (state, model) => sayOf(state, model, because),
    fixes: (): readonly Fix[] => [{ text: remedy, safety: 'identical-at-base', edits: [] }],
  });
}

/** The power of 1/n with which the rate falls; null where it is not known. */
function fallOf({ rate, untracked }: Weight): number | null {
  const growth = rate.missing === null && !untracked ? knownExponent(rate.growth) : null;
  return growth === null ? null : 0 - growth;
}

function sayOf({ optimizer, weights, lack, c }: SlowRate, model: Model, because: string): Said {
  const [its, what] = isOneRow(model, weights) ? ['its', 'it'] : ['their', 'them'];
  return {
    ...saidOfRates({ optimizer, weights }, model),
    message:
      `${subjectText(model, weights)} trained by ${optimizerName(optimizer)} at a learning rate that goes like ${powerText(c)}${nIs(model)}: ` +
      `${its} updates are ${growthText(lack)} times too small, so that wide models hardly train ${what}; ${because}`,
  };
}
