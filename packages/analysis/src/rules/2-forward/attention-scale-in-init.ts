import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdText, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { type LogitPath, provedSpeed, softmaxedPaths, summedIn, weightsOn } from './attention-logits.ts';

/**
 * The scale of attention logits in the start of the weights that make queries or keys, where the logits themselves have
 * less than they need.
 *
 *     q, k trained:   Δ(q·k) = Θ(d)·factor, whatever the start was
 *
 * @see Yang et al. 2022 (Tensor Programs V), Definition 4.1
 */
export const attentionScaleInInit: Rule = defineRule<CausesHere>({
  code: 'MUP208',
  name: 'attention-scale-in-init',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  check: (model) => byPlace([...scaledForAttention(model)].flatMap((one) => causesOf(one, model))),
  say(here, model) {
    const { causes } = here;
    const weights = causes.map(({ weight }) => weight);
    return {
      ...saidOf(here, model),
      message:
        `${subjectText(model, weights)} initialized with ${stdText(here, model)}${nIs(model)}, in place of a scale on the attention logits: ` +
        'once training moves queries and keys together the logits grow with the features of a head all the same',
    };
  },
  fixes: () => [
    {
      text: 'Scale the logits by 1/d, d the features of a head, and start these weights like any hidden one.',
      safety: 'changes-numbers',
      edits: [],
    },
  ],
});

/** The weights of queries and keys whose start makes up for a scale that the logits lack. */
export function scaledForAttention(model: Model): ReadonlySet<Weight> {
  const unscaled = softmaxedPaths(model).filter((path) => lackOf(path, model) > ROUNDING);
  return new Set(unscaled.flatMap((path) => weightsOn(path, model)).filter(startsScaled));
}

/** By which power of the width the factors on a path fall too little; 0 where that is not proved. */
function lackOf(path: LogitPath, model: Model): number {
  const speeds = summedIn(path.product).map(({ length }) => provedSpeed(length, model));
  const factor = knownExponent(path.factor);
  if (factor === null || speeds.includes(null)) return 0;
  return speeds.reduce<number>((sum, speed) => sum + (speed ?? 0), 0) + factor;
}

/** Whether every start of a weight is surely smaller than is usual for what it sums over, and it is not trained slower. */
function startsScaled({ inits, speeds, rate, untracked }: Weight): boolean {
  if (speeds === null || untracked || inits.length === 0) return false;
  const isSlow =
    rate.missing === null && (knownExponent(rate.growth) ?? Number.NEGATIVE_INFINITY) < -speeds.into;
  return (
    !isSlow &&
    inits.every(({ std, write }) => {
      const growth = knownExponent(std);
      return write.span !== null && growth !== null && growth < -speeds.into / 2 - ROUNDING;
    })
  );
}
