import { codeSpan, nameText } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { DIFFER } from '../../fixes/no-edit.ts';
import { scaledInput } from '../../fixes/scaled-input.ts';
import { isPoint, isVanished, knownExponent } from '../../growth/growth.ts';
import { isSameProduct } from '../../growth/product.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Tensor } from '../../network/graph.ts';
import { pathText } from '../../network/hidden-name.ts';
import { operandsOf } from '../../network/tensor.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import { type Way, waysThrough } from '../../outline/calculus-graph/ways.ts';
import type { Application } from '../../outline/factors.ts';
import type { Model } from '../../outline/model.ts';
import { tiedUsesOf } from '../../outline/tied-uses.ts';
import type { Weight } from '../../outline/weights.ts';
import { isSamePlace, type Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { nIs, related } from '../cause.ts';
import { numbersAround } from '../numbers-around.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isNormalizedAtOnce, smallestStartOf, startLimitOf } from '../start-limit.ts';
import { tiedMuReadout } from './tied-mu-readout.ts';

/**
 * One tensor that is embedding and readout has one start and one rate, and the two uses want different ones.
 *
 *     embedding: a + b = 0, a + c = 0      readout: a + c = 1      ⇒   a(readout) − a(embedding) = 1
 *
 * That difference is the same in every parametrization, so it is judged whatever b and c are. Where a normalization takes
 * what the embedding gives before anything else does, the embedding's own size is free, and the start is the readout's:
 * told where logits grow with it, a + b < 1/2. Where a condition ties the two it is told as information.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 8
 */
const byMultiplier: Rule = defineRule<TiedReadout>({
  code: 'MUP206',
  name: 'tied-readout-without-multiplier',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    model.weights.flatMap((weight) => [...tiedReadoutsOf(weight, model), ...perhapsTiedOf(weight, model)]),
  say,
  fixes: (state, model, code) => [fixOf(state, model, code)],
});

export const tiedReadoutWithoutMultiplier: Rule = {
  ...byMultiplier,
  reports: (model, code) => [...byMultiplier.reports(model, code), ...tiedMuReadout.reports(model, code)],
};

/** A tied weight, and the power of the width that its readout should be divided by. */
interface TiedReadout {
  readonly weight: Weight;
  readonly span: Span;
  /** Where the readout is computed. */
  readonly readout: Application;
  /** All uses that look nothing up: what such a one is given may have a length that is not known. */
  readonly products: readonly Application[];
  readonly missing: number;
  /** By which power of the width logits grow at initialization, where no more than the start is wrong. */
  readonly growsAtStart?: number;
  /** The readout that a condition makes one tensor with it. */
  readonly perhaps?: Weight;
}

function tiedReadoutsOf(weight: Weight, model: Model): readonly TiedReadout[] {
  if (!weight.isTied) return [];
  const { lookups, readouts } = tiedUsesOf(weight, model.widths);
  const products = weight.applications.filter((one) => !lookups.includes(one));
  const [readout] = readouts;
  if (readout === undefined || lookups.length === 0) return [];
  const growsAtStart = isNormalizedAtOnce(lookups, model) ? startGrowthOf(weight, readout, model) : undefined;
  if (growsAtStart !== undefined && growsAtStart <= ROUNDING) return [];
  if (weight.ties.length === 0 && !isOnEveryWay(readouts, model)) return [];
  // A factor that grows like n^e is an a of −e: what is missing is 1 − (a of the readout) + (a of the embedding).
  const missing = 1 + lowest(readouts) - highest(lookups);
  const [span = readout.tensor.span] = [...weight.ties, ...weight.handed];
  const told = {
    weight,
    readout,
    products,
    missing,
    ...(growsAtStart === undefined ? {} : { growsAtStart }),
  };
  return missing > ROUNDING && span !== null ? [{ ...told, span }] : [];
}

/**
 * By which power of the width logits grow at initialization with every start that a weight may have; 0 where it is not
 * proved. The n^s terms of a readout add up like a random walk, to n^(s/2).
 */
function startGrowthOf(weight: Weight, { side }: Application, model: Model): number {
  const { inits } = weight;
  const limit = startLimitOf(weight, model);
  if (side === null || limit === null || limit.ofUnknown || inits.length === 0) return 0;
  if (inits.some(({ std, write }) => isVanished(std) || write.kind !== 'random')) return 0;
  const summed = side.dimensions.filter(({ isSummed }) => isSummed);
  const terms = summed.map(
    ({ length }) => knownExponent(model.widths.growthOf(length)) ?? Number.POSITIVE_INFINITY,
  );
  return smallestStartOf(weight) + limit.b - terms.reduce((sum, one) => sum + one, 0) / 2;
}

/** An embedding that a condition makes one tensor with a readout. */
function perhapsTiedOf(weight: Weight, model: Model): readonly TiedReadout[] {
  if (weight.isTied) return [];
  return weight.mayBe.flatMap(({ layer, which, span }) => {
    const perhaps = model.weights.find((one) => one.layer === layer && one.which === which);
    if (perhaps === undefined) return [];
    const { lookups } = tiedUsesOf(weight, whereTied(weight, perhaps, model.widths));
    if (lookups.length < weight.applications.length || isNormalizedAtOnce(lookups, model)) return [];
    const { readouts } = tiedUsesOf(perhaps, model.widths);
    const [readout] = readouts;
    if (readout === undefined || lookups.length === 0) return [];
    if (readouts.length < perhaps.applications.length) return [];
    const missing = 1 + lowest(readouts) - highest(lookups);
    return missing > ROUNDING ? [{ weight, span, readout, products: readouts, missing, perhaps }] : [];
  });
}

/** How lengths grow where a weight is one tensor with another, whose lengths are its own then: of some it is not known else. */
function whereTied(
  { dims }: Weight,
  other: Weight,
  widths: Pick<Model['widths'], 'growthOf'>,
): Pick<Model['widths'], 'growthOf'> {
  return {
    growthOf(length) {
      const growth = widths.growthOf(length);
      const place = isPoint(growth) ? -1 : (dims ?? []).findIndex((one) => isSameProduct(one, length));
      const same = other.dims?.[place];
      return same === undefined ? growth : widths.growthOf(same);
    },
  };
}

/**
 * Whether the model has one of these uses whatever its conditions are: another way may have a readout of its own. Where
 * they are too many to be followed, whatever each of those left decides.
 */
function isOnEveryWay(uses: readonly Application[], { pass }: Model): boolean {
  const asked = new Set(uses.map(({ tensor }) => tensor));
  return waysThrough(pass).every((way) => {
    const having = new Set<Tensor>();
    for (const tensor of way.tensors)
      if (asked.has(tensor) || isSurelyOf(tensor, having, way)) having.add(tensor);
    return pass.outputs.some((output) => having.has(output));
  });
}

/** Whether a tensor is made of one of these, whatever the conditions decide that are not followed. */
function isSurelyOf(tensor: Tensor, these: ReadonlySet<Tensor>, { chosenOf }: Way): boolean {
  const of = operandsOf(tensor);
  if (tensor.op !== 'choice') return of.some((one) => these.has(one));
  const chosen = chosenOf(tensor);
  return chosen === null ? of.every((one) => these.has(one)) : these.has(chosen);
}

function lowest(applications: readonly Application[]): number {
  return Math.min(...applications.map(({ factor }) => toNumber(factor.low)));
}

function highest(applications: readonly Application[]): number {
  return Math.max(...applications.map(({ factor }) => toNumber(factor.high)));
}

function say(
  { weight, span, readout, products, missing, growsAtStart, perhaps }: TiedReadout,
  model: Model,
): Said {
  const same = perhaps === undefined ? [weight] : [weight, perhaps];
  const names = same.flatMap(({ path, aliases }) => [path, ...aliases.map((one) => one.path)]);
  const text = codeSpan([...new Set(names.map(pathText).map(nameText))].join(' = '));
  const factor = 1 - missing;
  const how =
    Math.abs(factor) < ROUNDING ? 'by nothing that falls with width' : `by ${growthText(-factor)} alone`;
  const consequence =
    growsAtStart === undefined
      ? `with a start and a rate that are right for the embedding, logits change like ${growthText(missing)}`
      : `with its start, logits grow like ${growthText(growsAtStart)} at initialization`;
  const { span: at } = readout.tensor;
  return {
    span,
    message:
      `${text} is embedding and readout in one tensor, and what it gives as the readout is multiplied ${how}` +
      `${nIs(model)}: ${consequence}`,
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption(numbersAround(products, model), model.widths),
      ...(perhaps === undefined ? [] : ['Assumes they are tied, as a condition decides.']),
    ],
    weights: same.map((one) => model.rowName(one)),
    related: [
      ...related(model, same),
      ...(at === null || isSamePlace(at, span)
        ? []
        : [{ span: at, message: 'the readout is computed here' }]),
    ],
    ...(missing > 1 / 2 + ROUNDING && perhaps === undefined ? {} : { atMost: 'information' as const }),
  };
}

function fixOf({ weight, products, missing }: TiedReadout, model: Model, code: CodeAround): Fix {
  const isAlike = lowest(products) === highest(products);
  const scaled = isAlike
    ? scaledInput({ applications: products, weight, power: missing }, model, code)
    : DIFFER;
  const factor = factorOf(scaled);
  const text =
    factor === null || factor.declares !== null
      ? `Multiply what the readout is given by ${growthText(missing, '(n₀/n)')}: at the width n₀ nothing changes.`
      : `Multiply what the readout is given: ${factorText(missing, factor)}.`;
  return { text, ...editsOf(scaled) };
}
