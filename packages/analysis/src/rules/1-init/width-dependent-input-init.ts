import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { DIFFER } from '../../fixes/no-edit.ts';
import { scaledInit } from '../../fixes/scaled-init.ts';
import { knownExponent } from '../../growth/growth.ts';
import type { Model } from '../../outline/model.ts';
import { growthText } from '../../words/exponent-text.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdText, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { startsByFansAfterBaseShapes, tooSmallBy } from './input-starts.ts';

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
        .filter((weight) => tooSmallBy(weight, model) !== null && !startsByFansAfterBaseShapes(weight))
        .flatMap((one) => causesOf(one, model)),
    ),
  say,
  fixes: fixesOf,
});

function say(here: CausesHere, model: Model): Said {
  const { causes, first } = here;
  const excess = tooSmallBy(first.weight, model) ?? 0;
  const subject = subjectText(
    model,
    causes.map(({ weight }) => weight),
  );
  return {
    ...saidOf(here, model),
    message:
      `${subject} initialized with ${stdText(here, model)}${nIs(model)}: ` +
      `features ${excess > 0 ? 'shrink' : 'grow'} like ${growthText(-excess)} beside what they are added to, ` +
      'as an input weight sums over nothing that grows',
    ...(causes.every(({ write }) => write.span === null) ? { atMost: 'information' } : {}),
  };
}

function fixesOf({ causes, first, span }: CausesHere, model: Model, code: CodeAround): readonly Fix[] {
  const powers = new Set(causes.map(({ std }) => knownExponent(std)));
  const power = knownExponent(first.std) ?? 0;
  const weights = causes.map(({ weight }) => weight);
  const scaled = powers.size > 1 ? DIFFER : scaledInit({ span, weights, power }, model, code);
  return [
    {
      text: `Make it the same at every width: ${factorText(power, factorOf(scaled))}.`,
      ...editsOf(scaled),
    },
  ];
}
