import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { DIFFER } from '../../fixes/no-edit.ts';
import { scaledInit } from '../../fixes/scaled-init.ts';
import { zeroStart } from '../../fixes/zero-start.ts';
import { isVanished } from '../../growth/growth.ts';
import { type Quantity, sameQuantity } from '../../growth/quantity.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import { isCapped } from '../../outline/capped.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { growthText } from '../../words/exponent-text.ts';
import { readoutFactorOf } from '../2-forward/readout-factor.ts';
import { hasOwnShapes } from '../4-mup/base-equals-target.ts';
import { isPlainReadout, TO_MU_READOUT } from '../4-mup/plain-linear-readout.ts';
import {
  byPlace,
  type Cause,
  type CausesHere,
  causesOf,
  nIs,
  saidOf,
  stdText,
  subjectText,
} from '../cause.ts';
import { numbersAround } from '../numbers-around.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { inputAssumption, smallestStartOf, startLimitOf } from '../start-limit.ts';

/**
 * A readout sums over the width and makes something finite. Its start is harmless from a + b = 1 on; where it sums over
 * n^s terms, from a + b = s on.
 *
 *     a + b < s/2   ⇒   outputs grow like n^(s/2 − a − b) at initialization
 *     a + b < s     ⇒   features that move together reach the output multiplied by n^(s − a − b)
 *
 * What it is applied to must be known to be Θ(1), and no normalization may follow. Silent on a tied readout, which
 * MUP206 is about, and where the calculus finds the start harmless.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Tables 3 and 8
 */
export const largeReadoutInit: Rule = defineRule<CausesHere>({
  code: 'MUP104',
  name: 'large-readout-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    byPlace(
      model.weights
        .filter((weight) => excessOf(weight, model) > ROUNDING)
        .flatMap((one) => causesOf(one, model))
        .filter((cause) => !isOfTied(cause, model)),
    ),
  say,
  fixes: (here, model, code) => fixesOf(here, model, code),
});

/** A readout's terms, n^s of them, add up like a random walk until features move together: to n^(s/2). */
function randomWalkOf({ speeds }: Weight): number {
  return (speeds?.into ?? 1) / 2;
}

/**
 * By which power of the width every start that a readout may have is larger than μP's, also where features that are small
 * at initialization move to Θ(1); 0 where that is not proved.
 */
function excessOf(weight: Weight, model: Model): number {
  const atStart = excessAtStart(weight, model);
  const judged = atStart === null ? undefined : model.judgement?.weights.get(weight);
  if (atStart === null || judged === undefined) return atStart ?? 0;
  const { init, rightInit } = judged;
  const isProved = init !== null && init < -ROUNDING && rightInit !== null && Number.isFinite(rightInit);
  return isProved ? Math.max(atStart, rightInit + smallestStartOf(weight)) : atStart;
}

/** The same for features as they are at initialization; null where nothing is proved. */
function excessAtStart(weight: Weight, model: Model): number | null {
  const limit = startLimitOf(weight, model);
  const { role, isTied, inits } = weight;
  if (role !== 'output' || isTied || limit === null || inits.length === 0) return null;
  if (hasOwnShapes(model) || readoutFactorOf(weight, model) !== null || isPlainReadout(weight, model))
    return null;
  if (inits.some(({ std, write }) => isVanished(std) || write.kind !== 'random')) return null;
  return smallestStartOf(weight) + limit.b;
}

/** Whether a start is that of the embedding with which a condition makes it one tensor: its own is another. */
function isOfTied({ weight, write }: Cause, { weights }: Model): boolean {
  const others = weights.filter((one) =>
    weight.mayBe.some(({ layer, which }) => one.layer === layer && one.which === which),
  );
  const isTheirs = (own: Cause['write']) =>
    others.some(({ inits }) => inits.some((one) => isOneWrite(one.write, own)));
  const isConditional = (write.when ?? []).length > 0;
  return isTheirs(write) && (isConditional || weight.inits.some((own) => !isTheirs(own.write)));
}

/** Defaults, which no line writes, are known by their sizes. */
function isOneWrite(one: Cause['write'], other: Cause['write']): boolean {
  if (one.span !== null || other.span !== null) return one.span === other.span;
  return one.by === other.by && sameQuantity(one.std, other.std);
}

function say(here: CausesHere, model: Model): Said {
  const { causes, first } = here;
  const excess = excessOf(first.weight, model);
  const subject = subjectText(
    model,
    causes.map(({ weight }) => weight),
  );
  const growth = (excessAtStart(first.weight, model) ?? 0) - randomWalkOf(first.weight);
  const growsAtStart = growth > ROUNDING;
  const consequence = growsAtStart
    ? `${isCapped(first.weight, model.pass) ? 'what is capped grows' : 'outputs grow'} like ${growthText(growth)} at initialization`
    : `${growthText(excess)} times larger than in μP, so features that move together change outputs that much more`;
  const limits = causes.map(({ weight }) => startLimitOf(weight, model));
  const isCertain =
    !isCapped(first.weight, model.pass) && limits.every((limit) => limit?.ofUnknown === false);
  const loudest = growsAtStart && isCertain ? 'warning' : 'information';
  const said = saidOf(here, model);
  return {
    ...said,
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption(numbersOf(causes, model), model.widths),
      ...inputAssumption(limits),
      ...untiedAssumption(causes),
    ],
    message: `${subject} initialized with ${stdText(here, model)}${nIs(model)}: ${consequence}`,
    atMost: causes.every(({ write }) => write.span === null) ? 'hint' : loudest,
  };
}

/** What starts are made of, and what else decides how large the outputs are. */
function numbersOf(causes: CausesHere['causes'], model: Model): readonly Quantity[] {
  return causes.flatMap(({ weight, write }) => [write.std, ...numbersAround(weight.applications, model)]);
}

function untiedAssumption(causes: CausesHere['causes']): readonly string[] {
  const mayBe = causes.some(({ weight }) => weight.mayBe.length > 0);
  return mayBe ? ['Assumes it is not tied to the embedding, as a condition decides.'] : [];
}

/** What mends a readout of mup's whose start is its own, which base shapes multiply as if it were PyTorch's. */
const STARTED_AFTERWARDS: Fix = {
  text:
    'Start it once base shapes are set, with the initializer of that name of `mup.init`: they multiply the start that they ' +
    "find by (n/n₀)^½, which makes up for PyTorch's own 1/√n and for no other.",
  safety: 'identical-at-base',
  edits: [],
};

function fixesOf({ causes, first, span }: CausesHere, model: Model, code: CodeAround): readonly Fix[] {
  const powers = new Set(causes.map(({ weight }) => excessOf(weight, model)));
  const power = excessOf(first.weight, model);
  const weights = causes.map(({ weight }) => weight);
  const scaled = powers.size > 1 ? DIFFER : scaledInit({ span, weights, power }, model, code);
  const zero = zeroStart({ span, weights }, model, code);
  if (causes.every(({ write }) => write.by === 'set_base_shapes')) return [STARTED_AFTERWARDS];
  const isPlain = weights.every((weight) => exponentsOf(weight).a === 0);
  return [
    ...(model.hasBaseShapes && isPlain ? [TO_MU_READOUT] : []),
    {
      text: `Make it smaller with the width: ${factorText(power, factorOf(scaled))}.`,
      ...editsOf(scaled),
    },
    {
      text: 'Start it at zero: the first update moves it.',
      safety: 'needs-decision',
      ...('why' in zero ? { edits: [], why: zero.why } : { edits: zero }),
    },
  ];
}
