import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { knownExponent } from '../../growth/growth.ts';
import { isOne } from '../../growth/product.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Multiple, Tensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Application } from '../../outline/factors.ts';
import { parameterIn } from '../../outline/forward/forward-pass.ts';
import { isBiased } from '../../outline/forward/kept-size.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isNormalizedAtOnce, smallestStartOf } from '../start-limit.ts';
import { chosenMultipleOf } from './chosen-multiplier.ts';

/**
 * A factor that grows with the width behind an input weight, an embedding or the first layer, which needs a + b = 0.
 *
 *     a + b < 0   ⇒   features grow like n^−(a + b)
 *
 * So does one behind a sum of what such weights make. Silent where the start of the weight makes up for the factor, where
 * that start is not certain, and where a normalization takes all that comes out.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 8
 */
export const growingEmbeddingMultiplier: Rule = defineRule<GrowingFactor>({
  code: 'MUP204',
  name: 'growing-embedding-multiplier',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => [
    ...model.weights.flatMap((weight) => growingFactorsOf(weight, model)),
    ...model.pass.tensors.flatMap((tensor) => growingSumOf(tensor, model) ?? []),
  ],
  say,
  fixes: ({ excess }) => [fixOf(excess)],
});

/** A factor that grows behind a weight whose start does not make up for it. */
interface GrowingFactor {
  readonly weight: Weight;
  /** With those that it is added to first. */
  readonly weights: readonly Weight[];
  readonly factor: Multiple;
  readonly span: Span;
  /** The power of the width by which features grow. */
  readonly excess: number;
}

function growingFactorsOf(weight: Weight, model: Model): readonly GrowingFactor[] {
  if (!isInputMatrix(weight)) return [];
  return weight.applications.flatMap((application): readonly GrowingFactor[] => {
    if (application.side === null || isNormalizedAtOnce([application], model)) return [];
    const { factor = undefined, excess } = excessOf(weight, application, model);
    return factor === undefined || factor.span === null || !(excess > ROUNDING)
      ? []
      : [{ weight, weights: [weight], factor, span: factor.span, excess }];
  });
}

/** The power of the width by which features grow, and the factor that makes them: one that all ways have, or that a setting turns on. */
function excessOf(
  weight: Weight,
  application: Application,
  model: Model,
): { readonly factor?: Multiple | undefined; readonly excess: number } {
  const excess = sizeOf(weight, application);
  if (excess > ROUNDING) return { factor: growingBehind(application.tensor, model), excess };
  const chosen = chosenMultipleOf(application, model);
  return chosen === null
    ? { excess }
    : { factor: chosen.factor, excess: smallestStartOf(weight) + chosen.growth };
}

/** A gain, which is a parameter of the model's own, is met by features, whose size is another's affair. */
function isInputMatrix({ role, layer, dims, inits }: Weight): boolean {
  const isGain =
    dims === null ||
    dims.length < 2 ||
    (layer.family === 'parameter' && dims.filter((length) => !isOne(length)).length < 2);
  return role === 'input' && !isGain && inits.length > 0;
}

/** The power of the width of what a weight makes where it is applied, at the smallest start that it may have. */
function sizeOf(weight: Weight, { factor }: Application): number {
  return smallestStartOf(weight) + toNumber(factor.low);
}

/** A factor that grows behind a sum of what input weights make, as of tokens and positions. */
function growingSumOf(tensor: Tensor, model: Model): GrowingFactor | null {
  if (tensor.op !== 'scale' || tensor.span === null) return null;
  const growth = knownExponent(model.widths.growthOf(tensor.factor)) ?? 0;
  if (growth < ROUNDING || isNormalizedAtOnce([{ tensor }], model)) return null;
  const terms = termsOf(tensor.of);
  const makers = isBiased(terms) ? [] : terms.map((term) => madeBy(term, model));
  const made = makers.flatMap((one) => one ?? []);
  const [first] = made;
  if (first === undefined || makers.includes(null)) return null;
  const excess = growth + Math.max(...made.map(({ size }) => size));
  const weights = made.map(({ weight }) => weight);
  return excess > ROUNDING
    ? { weight: first.weight, weights, factor: tensor, span: tensor.span, excess }
    : null;
}

/** What a tensor is the sum of, each once. */
function termsOf(sum: Tensor): readonly Tensor[] {
  const terms: Tensor[] = [];
  const seen = new Set<Tensor>();
  const ahead = [sum];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.op === 'add' || one.op === 'view') ahead.push(...operandsOf(one).toReversed());
    else terms.push(one);
  }
  return terms;
}

/** The input weight that makes a term, none for data and parameters that are added; null where another thing may. */
function madeBy(
  term: Tensor,
  { weights }: Model,
): readonly { readonly weight: Weight; readonly size: number }[] | null {
  if (isData(term) || parameterIn(term) !== null) return [];
  const makers = weights.flatMap((weight) =>
    weight.applications
      .filter(({ tensor, side }) => tensor === term && side !== null)
      .map((application) => ({ weight, size: sizeOf(weight, application) })),
  );
  return makers.length === 1 && makers.every(({ weight }) => isInputMatrix(weight)) ? makers : null;
}

/** The first factor on what a product gives that is proved to grow. */
function growingBehind(product: Tensor, { pass, widths }: Model): Multiple | undefined {
  const made = new Set([product]);
  for (const tensor of pass.tensors) {
    if (tensor.op === 'add' && isBiased(tensor.of) && tensor.of.some((one) => made.has(one)))
      made.add(tensor);
    if ((tensor.op !== 'scale' && tensor.op !== 'view') || !made.has(tensor.of)) continue;
    if (tensor.op === 'scale' && (knownExponent(widths.growthOf(tensor.factor)) ?? 0) > ROUNDING)
      return tensor;
    made.add(tensor);
  }
  return undefined;
}

function say({ weights, factor, span, excess }: GrowingFactor, model: Model): Said {
  const text = quantityText(factor.factor, model.widths.isWidth);
  const names = [...new Set(weights.map((one) => `${codeSpan(model.rowName(one))} (${one.fans})`))];
  const starts = weights.flatMap(({ inits }) => inits.map(({ write }) => write.std));
  const [make, start] = names.length === 1 ? ['makes', 'its start does'] : ['make', 'their starts do'];
  return {
    span,
    message:
      `What ${names.join(' and ')} ${make} is multiplied by ${text}, and ${start} not ` +
      `make up for that${nIs(model)}: features grow like ${growthText(excess)}`,
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption([factor.factor, ...starts], model.widths),
    ],
    weights: [...new Set(weights.map((one) => model.rowName(one)))],
    related: related(model, weights),
  };
}

function fixOf(excess: number): Fix {
  const factor = growthText(excess, '(n₀/n)');
  return {
    text: `Multiply by a number that is the same at every width: a factor ${factor} beside it leaves it as it is at the width n₀.`,
    safety: 'identical-at-base',
    edits: [],
  };
}
