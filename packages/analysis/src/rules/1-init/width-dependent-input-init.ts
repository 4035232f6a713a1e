import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { scaledInit } from '../../fixes/scaled-init.ts';
import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import { isStartedByMup } from '../4-mup/width-in-mup-init.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdText, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isNormalizedAtOnce } from '../start-limit.ts';

/**
 * An input weight, an embedding or the first layer, sums over nothing that grows, so it needs a + b = 0.
 *
 *     a + b ≠ 0   ⇒   features are Θ(n^−(a + b))
 *
 * Rests on the calculus: on what its start does to what is judged first behind it, and on its share of the sums that it
 * goes into. So a normalization that takes all of it, a compensating factor, and a stream in which every other writer
 * shrinks alike silence it. Biases and gains are left out, and so is a zero start.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const widthDependentInputInit: Rule = defineRule<CausesHere>({
  code: 'MUP103',
  name: 'width-dependent-input-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    byPlace(
      model.weights
        .filter((weight) => excessOf(weight, model) !== null && !wouldAskBaseShapes(weight))
        .flatMap((one) => causesOf(one, model)),
    ),
  say,
  fixes: fixesOf,
});

/**
 * Whether it starts after base shapes were set, by initializers that know its fans alone: mup's of these names start it as
 * μP has it, which MUP405 says.
 */
export function wouldAskBaseShapes({ startsAfterBaseShapes, inits }: Weight): boolean {
  return startsAfterBaseShapes && inits.every(({ write }) => BY_FANS.test(write.by));
}

const BY_FANS = /(?:^|\.)(?:xavier|kaiming)_(?:normal|uniform)_?$/;

/** By which power of the width every start that the weight may have is too small; null where none is proved. */
export function excessOf(weight: Weight, model: Model): number | null {
  const { judgement } = model;
  const { role, dims, inits } = weight;
  if (judgement === null || role !== 'input' || dims === null || dims.length < 2 || inits.length === 0) {
    return null;
  }
  if (weight.isTied || isStartedByMup(weight) || isNormalizedAtOnce(weight.applications, model)) return null;
  const [start = null, ...others] = inits.map(({ std }) => knownExponent(std));
  if (start === null || others.some((one) => one !== start) || Math.abs(start) < ROUNDING) return null;
  const effects = [judgement.weights.get(weight)?.init ?? null, judgement.shares.get(weight) ?? null];
  const wrong = effects.filter((one) => one !== null && Number.isFinite(one) && Math.abs(one) > ROUNDING);
  return wrong[0] ?? null;
}

function say(here: CausesHere, model: Model): Said {
  const { causes, first } = here;
  const excess = excessOf(first.weight, model) ?? 0;
  const subject = subjectText(
    model,
    causes.map(({ weight }) => weight),
  );
  return {
    ...saidOf(here, model),
    message:
      `${subject} initialized with ${stdText(first, model)}${nIs(model)}: ` +
      `features ${excess > 0 ? 'shrink' : 'grow'} like ${growthText(-excess)} beside what they are added to, ` +
      'as an input weight sums over nothing that grows',
    ...(causes.every(({ write }) => write.span === null) ? { atMost: 'information' } : {}),
  };
}

function fixesOf({ causes, first, span }: CausesHere, model: Model, code: CodeAround): readonly Fix[] {
  const powers = new Set(causes.map(({ std }) => knownExponent(std)));
  const power = knownExponent(first.std) ?? 0;
  const weights = causes.map(({ weight }) => weight);
  const scaled = powers.size > 1 ? null : scaledInit({ span, weights, power }, model, code);
  return [
    {
      text: `Make it the same at every width: ${factorText(power, scaled?.factor ?? null)}.`,
      safety: scaled?.safety ?? 'identical-at-base',
      edits: scaled?.edits ?? [],
    },
  ];
}
