import { codeSpan } from '@widthwise/core';
import type { Fix, RuleCode } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { noEdit } from '../../fixes/no-edit.ts';
import { type SplitEdits, splitGroup } from '../../fixes/split-group.ts';
import { knownExponent } from '../../growth/growth.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { UpdateRule } from '../../network/optimizer.ts';
import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import { excessBySize } from '../../outline/proven-excess.ts';
import type { RateReading } from '../../outline/rates.ts';
import { wantedOf } from '../../outline/wants.ts';
import type { Weight } from '../../outline/weights.ts';
import { isSamePlace } from '../../syntax/span.ts';
import { growthText, powerText } from '../../words/exponent-text.ts';
import { readoutFactorOf } from '../2-forward/readout-factor.ts';
import { hasOwnShapes } from '../4-mup/base-equals-target.ts';
import { isPlainReadout } from '../4-mup/plain-linear-readout.ts';
import { byOptimizer, optimizerName, saidOfRates } from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { OF_UNKNOWN_INPUT } from '../start-limit.ts';
import { leakOf } from './group-leaks.ts';
import { overwrittenRate } from './overwritten-rates.ts';
import { excessApart, excessOf, ignoresBaseShapes, isLeast, isMups } from './rate-effects.ts';
import { previewText } from './rate-preview.ts';

/** A rule about weights of one role whose updates are too large. */
interface RateRule {
  readonly code: RuleCode;
  readonly name: string;
  readonly role: 'hidden' | 'output';
  readonly updates: readonly UpdateRule['kind'][];
}

/** Weights that one optimizer trains too fast. */
interface UnscaledRate {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** What it gives them, one for each. */
  readonly rates: readonly RateReading[];
  /** The powers of the width by which updates are too large, the largest first, each once. */
  readonly excesses: readonly number[];
  /** The power with starts that are right, where no more is proved of some than that they are too large by at least the smallest. */
  readonly atMost: number | null;
  /** The power once starts are right, where it is another one, as under SGD behind features that grow. */
  readonly once: number | null;
}

/** A rule that says at the optimizer which weights want a rate that falls with width, once for all of them. */
export function unscaledRate({ code, name, role, updates }: RateRule): Rule {
  const concerns = (weight: Weight, model: Model) =>
    weight.role === role &&
    !weight.isTied &&
    weight.mayBe.length === 0 &&
    readoutFactorOf(weight, model) === null &&
    !isPlainReadout(weight, model);
  return defineRule<UnscaledRate>({
    code,
    name,
    shownAs: 'finding',
    levels: { mup: 'warning', advisory: 'off' },
    atMostElsewhere: 'hint',
    check(model) {
      const trained = model.weights
        .filter((weight) => concerns(weight, model))
        .flatMap((weight) => tooFast(weight, updates, model));
      return byOptimizer(trained).map(({ optimizer, weights, all }) => {
        const each = all.map(({ excess }) => excess).sort((one, other) => other - one);
        const excesses = each.filter((one, at) => at === 0 || (each[at - 1] ?? one) - one > ROUNDING);
        const rates = all.map(({ rate }) => rate);
        const isBound = all.some((one) => isLeast(one, model));
        const atMost = isBound
          ? Math.max(...all.map(({ weight, rate }) => excessBySize(weight, rate)))
          : null;
        const once = onceStartsAreRight(all, model);
        return { optimizer, weights, rates, excesses, atMost, once };
      });
    },
    say,
    fixes: (state, model, code) => [fixOf(state, model, code)],
  });
}

interface TooFast {
  readonly weight: Weight;
  readonly optimizer: ObservedOptimizer;
  readonly rate: RateReading;
  readonly excess: number;
}

/** The optimizers that train a weight too fast: of several of which a setting chooses one, each by itself. */
function tooFast(weight: Weight, updates: RateRule['updates'], model: Model): readonly TooFast[] {
  const { apart } = weight.rate;
  const isOtherRule = () => leakOf(weight, model) !== null || overwrittenRate(weight, model) !== null;
  return (apart.length === 0 ? [weight.rate] : apart).flatMap((rate) => {
    if (!updates.some((kind) => kind === rate.update?.kind)) return [];
    const excess = apart.length === 0 ? excessOf(weight, model) : excessApart(weight, rate, model);
    if (excess <= ROUNDING || isOtherRule()) return [];
    return rate.optimizers
      .filter((one) => !ignoresBaseShapes(one, model) && !(isMups(one) && hasOwnShapes(model)))
      .map((optimizer) => ({ weight, optimizer, rate, excess }));
  });
}

/** By which power updates of SGD are too large once all starts are right; null where it is the one by which they are. */
function onceStartsAreRight(all: readonly TooFast[], { judgement }: Model): number | null {
  const powers = all.flatMap(({ weight, rate, excess }) => {
    const right = judgement === null ? null : (wantedOf(weight, judgement)?.c ?? null);
    const c = knownExponent(rate.growth);
    if (rate.update?.kind !== 'sgd' || right === null || c === null) return [];
    const power = right + c;
    return Math.abs(power - excess) > ROUNDING ? [Math.max(0, power)] : [];
  });
  return powers.length === 0 ? null : Math.max(...powers);
}

function say({ optimizer, weights, rates, excesses, atMost, once }: UnscaledRate, model: Model): Said {
  const c = Math.max(...rates.map(({ growth }) => 0 - toNumber(growth.low)));
  const rate = c === 0 ? 'constant in width' : `that goes like ${powerText(c)}`;
  const said = saidOfRates({ optimizer, weights, rates }, model);
  return {
    ...said,
    message:
      `${subjectText(model, weights)} trained by ${optimizerName(optimizer)} at a learning rate ${rate}${nIs(model)}: ` +
      `under full alignment ${isOneRow(model, weights) ? 'its' : 'their'} updates are ${timesText(excesses, atMost !== null)} times too large as width grows${onceText(once)}`,
    assumptions: [
      ...said.assumptions,
      ...(weights.some((weight) => model.judgement?.inputs.get(weight) == null) ? [OF_UNKNOWN_INPUT] : []),
    ],
  };
}

function onceText(once: number | null): string {
  if (once === null) return '';
  return once === 0
    ? ', and right once starts are as μP wants them'
    : `, and ${growthText(once)} times once starts are as μP wants them`;
}

/** `n`, or from the least to the most where weights differ: `n^½ to n`; where that is not known, the least. */
function timesText(excesses: readonly number[], isLeastKnown: boolean): string {
  const [most = 0, least = most] = [excesses.at(0), excesses.at(-1)];
  if (isLeastKnown) return `at least ${growthText(least)}`;
  return least === most ? growthText(most) : `${growthText(least)} to ${growthText(most)}`;
}

function fixOf(
  { optimizer, weights, excesses, atMost, once }: UnscaledRate,
  model: Model,
  code: CodeAround,
): Fix {
  const [one, own] = isOneRow(model, weights) ? ['it', 'its'] : ['them', 'their'];
  const group = `Give ${one} a parameter group of ${own} own`;
  // One whose start is to be mended first may be too fast by less than it then is.
  const power = once ?? Math.max(...excesses, atMost ?? 0);
  const trains = weights.flatMap(({ rate }) => rate.optimizers);
  const isWritten = trains.some(
    ({ span, steps }) => isSamePlace(span, optimizer.span) && steps.some(({ written }) => written !== null),
  );
  const leaves = isWritten ? { leaves: 'MUP307' as const } : {};
  const waits = waitsFor({ excesses, atMost, once });
  if (power === 0) return { text: 'Mend the starts: its rate is then right.', ...editsOf(STARTS_FIRST) };
  const made = waits ?? splitGroup({ optimizer, weights, power, isWritten }, model, code);
  const split = 'why' in made ? null : made;
  if (split === null || split.factor.declares !== null) {
    const text = `${group} at lr·${ratioText(power, 'n₀/n')}${startText(atMost, weights)}: at the width n₀ at which the rate was chosen nothing changes.${decayText(optimizer, power, split)}${isWritten ? ` ${WRITTEN}` : ''}`;
    return { text, ...editsOf(made), ...leaves };
  }
  const told = [factorText(power, split.factor), previewText(power, split)].join('. ');
  return {
    text: `${split.isWhole ? `Multiply the rate of ${own} group` : group}: ${told}.${decayText(optimizer, power, split)} ${isWritten ? WRITTEN : UNWRITTEN}`,
    safety: split.safety,
    edits: split.edits,
    ...leaves,
  };
}

/** Why no rate is written; null where one is. */
function waitsFor({
  excesses,
  atMost,
  once,
}: Pick<UnscaledRate, 'excesses' | 'atMost' | 'once'>): ReturnType<typeof noEdit> | null {
  if (once !== null) return STARTS_FIRST;
  if (atMost !== null) return HANGS;
  return excesses.length > 1 ? WAITS : null;
}

/** That what is right hangs on the start, where that is not known. */
function startText(atMost: number | null, weights: readonly Weight[]): string {
  return atMost === null
    ? ''
    : `, which is right with ${weights.length === 1 ? 'a start as μP has it' : 'starts as μP has them'}`;
}

/** What becomes of a weight decay that each step multiplies by the rate. */
function decayText(optimizer: ObservedOptimizer, power: number, split: SplitEdits | null): string {
  if (optimizer.coupledDecay === null) return '';
  const { decay } = split ?? { decay: null };
  const since = ` Since ${optimizerName(optimizer)} multiplies the weight decay by the rate,`;
  if (decay !== null && decay.factor.declares === null)
    return `${since} the decay is multiplied by ${codeSpan(decay.factor.text)}.`;
  if (decay !== null) return `${since} the decay is multiplied by as much as the rate is divided by.`;
  return split === null
    ? `${since} a decay that is not 0 is to be multiplied by ${ratioText(power, 'n/n₀')}.`
    : `${since} one that stays as it is falls with it.`;
}

/** A power of a ratio of widths: `n₀/n`, `(n₀/n)^½`. */
function ratioText(power: number, ratio: string): string {
  return power === 1 ? ratio : growthText(power, `(${ratio})`);
}

const WAITS = noEdit(
  'their starts are to be mended first, as fixing all of the file does: until then their rates are wrong by powers that differ',
);
const STARTS_FIRST = noEdit(
  'starts are to be mended first, as fixing all of the file does: until then the rate is wrong by another power',
);
const HANGS = noEdit('the right rate hangs on how they start, which is not known');
const UNWRITTEN = 'Code that later sets one rate for all groups undoes it.';
const WRITTEN =
  'Code that sets one rate for all groups at each step has to multiply it by what each group keeps as `lr_scale`.';
