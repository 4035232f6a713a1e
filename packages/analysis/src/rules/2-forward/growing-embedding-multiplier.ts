import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { knownExponent } from '../../growth/growth.ts';
import { isOne } from '../../growth/product.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Multiple, Tensor } from '../../network/graph.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isNormalizedAtOnce } from '../start-limit.ts';

/**
 * A factor that grows with the width behind an input weight, an embedding or the first layer, which needs a + b = 0.
 *
 *     a + b < 0   ⇒   features grow like n^−(a + b)
 *
 * Silent where the start of the weight makes up for the factor, where that start is not certain, and where a
 * normalization takes all that comes out.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 8
 */
export const growingEmbeddingMultiplier: Rule = defineRule<GrowingFactor>({
  code: 'MUP204',
  name: 'growing-embedding-multiplier',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => model.weights.flatMap((weight) => growingFactorsOf(weight, model)),
  say,
  fixes: ({ excess }) => [fixOf(excess)],
});

/** A factor that grows behind a weight whose start does not make up for it. */
interface GrowingFactor {
  readonly weight: Weight;
  readonly factor: Multiple;
  readonly span: Span;
  /** The power of the width by which features grow. */
  readonly excess: number;
}

function growingFactorsOf(weight: Weight, model: Model): readonly GrowingFactor[] {
  const { role, layer, dims, inits, applications } = weight;
  // A gain, which is a parameter of the model's own, is met by features, whose size is another's affair.
  const isGain =
    dims === null ||
    dims.length < 2 ||
    (layer.family === 'parameter' && dims.filter((length) => !isOne(length)).length < 2);
  if (role !== 'input' || isGain || inits.length === 0) return [];
  const smallest = Math.min(...inits.map(({ std }) => toNumber(std.low)));
  return applications.flatMap((application): readonly GrowingFactor[] => {
    const excess = smallest + toNumber(application.factor.low);
    if (application.side === null || !(excess > ROUNDING)) return [];
    if (isNormalizedAtOnce([application], model)) return [];
    const factor = growingBehind(application.tensor, model);
    return factor === undefined || factor.span === null
      ? []
      : [{ weight, factor, span: factor.span, excess }];
  });
}

/** The first factor on what a product gives that is proved to grow. */
function growingBehind(product: Tensor, { pass, widths }: Model): Multiple | undefined {
  const made = new Set([product]);
  for (const tensor of pass.tensors) {
    if ((tensor.op !== 'scale' && tensor.op !== 'view') || !made.has(tensor.of)) continue;
    if (tensor.op === 'scale' && (knownExponent(widths.growthOf(tensor.factor)) ?? 0) > ROUNDING)
      return tensor;
    made.add(tensor);
  }
  return undefined;
}

function say({ weight, factor, span, excess }: GrowingFactor, model: Model): Said {
  const text = quantityText(factor.factor, model.widths.isWidth);
  return {
    span,
    message:
      `What ${codeSpan(model.rowName(weight))} (${weight.fans}) makes is multiplied by ${text}, and its start does not ` +
      `make up for that${nIs(model)}: features grow like ${growthText(excess)}`,
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption([factor.factor, ...weight.inits.map(({ write }) => write.std)], model.widths),
    ],
    weights: [model.rowName(weight)],
    related: related(model, [weight]),
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
