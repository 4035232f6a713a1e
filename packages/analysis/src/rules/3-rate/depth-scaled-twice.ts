import { codeSpan } from '@widthwise/core';
import { CONSTANT, type Growth, knownExponent, point } from '../../growth/growth.ts';
import { growthOf } from '../../growth/growth-of.ts';
import { freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import { ONE } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Multiple, Tensor } from '../../network/graph.ts';
import { parameterIn } from '../../outline/forward/forward-pass.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { isSamePlace, placeKey } from '../../syntax/span.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { related, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';

/**
 * A start and a factor behind it that both fall with the number of layers, in front of a sum.
 *
 *     std ∝ 1/√(2L) and a branch times 1/L or 1/√L   ⇒   branches start √L times smaller than either alone would have them
 *
 * Told whatever the number is called: it counts the rounds in which the code makes layers, and is no size of a parameter.
 *
 * @see Dey et al. 2025 (CompleteP), which takes the start's factor out
 */
export const depthScaledTwice: Rule = defineRule<ScaledTwice>({
  code: 'MUP314',
  name: 'depth-scaled-twice',
  shownAs: 'finding',
  levels: { mup: 'information', advisory: 'off' },
  check: (model) => {
    const sizes = new Set(
      model.weights.flatMap(({ dims }) => (dims ?? []).flatMap((dim) => [...freeSymbolsOf(dim)])),
    );
    const isDepth = (symbol: WidthSymbol) =>
      model.depths.has(symbol) && !sizes.has(symbol) && !model.widths.isWidth(symbol);
    const found = model.weights.flatMap((weight) => scaledTwice(weight, isDepth, model));
    return [...new Map(found.map((one) => [placeKey(one.span), one])).values()].map((one) => ({
      ...one,
      weights: found.filter(({ span }) => isSamePlace(span, one.span)).flatMap(({ weights }) => weights),
    }));
  },
  say,
  fixes: () => [
    { text: 'Keep one of the two: the start or the factor.', safety: 'changes-numbers', edits: [] },
  ],
});

interface ScaledTwice {
  readonly weights: readonly Weight[];
  readonly span: Said['span'];
  readonly std: Quantity;
  readonly symbol: WidthSymbol;
  readonly factor: Multiple;
}

function scaledTwice(
  weight: Weight,
  isDepth: (symbol: WidthSymbol) => boolean,
  { pass }: Model,
): readonly ScaledTwice[] {
  const { role, inits, applications } = weight;
  if (role !== 'hidden') return [];
  return inits.flatMap(({ write }): readonly ScaledTwice[] => {
    const { std, span } = write;
    if (span === null || inits.length > 1) return [];
    const falling = [...freeSymbolsOf(std)].filter((symbol) => isDepth(symbol) && falls(std, symbol));
    if (falling.length === 0) return [];
    const factors = factorsBehind(
      applications.map(({ tensor }) => tensor),
      pass.tensors,
    );
    for (const symbol of falling) {
      const factor = factors.find((one) => falls(one.factor, symbol));
      if (factor !== undefined) return [{ weights: [weight], span, std, symbol, factor }];
    }
    return [];
  });
}

/** The factors on what some products give, behind which it goes into a sum with something else. */
function factorsBehind(made: readonly Tensor[], tensors: readonly Tensor[]): readonly Multiple[] {
  const behind = new Map<Tensor, readonly Multiple[]>(made.map((tensor) => [tensor, []]));
  const summed: Multiple[] = [];
  for (const tensor of tensors) {
    const terms = termsOf(tensor);
    const factors = terms.flatMap((one) => behind.get(one) ?? []);
    if (terms.length > 1) summed.push(...factors);
    else if (terms.some((one) => behind.has(one)))
      behind.set(tensor, tensor.op === 'scale' ? [...factors, tensor] : factors);
  }
  return summed;
}

/** What a tensor is a multiple, a view or, but for biases, the sum of. */
function termsOf(tensor: Tensor): readonly Tensor[] {
  if (tensor.op === 'add') return tensor.of.filter((one) => parameterIn(one) === null);
  return tensor.op === 'scale' || tensor.op === 'view' ? [tensor.of] : [];
}

/** Whether a number falls as one name grows, the others as they are. */
function falls(quantity: Quantity, name: WidthSymbol): boolean {
  const ofSymbol = (symbol: WidthSymbol): Growth => (symbol === name ? point(ONE) : CONSTANT);
  return (knownExponent(growthOf(quantity, { ofSymbol, ofNumber: () => CONSTANT })) ?? 0) < -ROUNDING;
}

function say({ weights, span, std, symbol, factor }: ScaledTwice, model: Model): Said {
  const { isWidth } = model.widths;
  return {
    span,
    message:
      `${subjectText(model, weights)} initialized with std ${quantityText(std, isWidth)}, and what they make is multiplied by ${quantityText(factor.factor, isWidth)}: ` +
      `both fall with ${codeSpan(symbol.name)}, where one is enough`,
    assumptions: [],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: [
      ...related(model, weights),
      ...(factor.span === null ? [] : [{ span: factor.span, message: 'the factor is here' }]),
    ],
  };
}
