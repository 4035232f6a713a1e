import { codeSpan } from '@widthwise/core';
import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import { widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import { tiedUsesOf } from '../../outline/tied-uses.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { nIs, related } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/** An embedding whose start base shapes multiply, as it is the weight of a readout of mup's. */
interface RescaledEmbedding {
  readonly weight: Weight;
  readonly span: Span;
  readonly growth: number;
}

/**
 * An embedding that is the weight of a `MuReadout` or `MuSharedReadout`, whose start `set_base_shapes` multiplies by
 * (n/n₀)^½ as that of a readout of its own. MUP206 is told of it where the two become one tensor.
 *
 * @see microsoft/mup, `MuReadout._rescale_parameters`
 */
export const tiedMuReadout: Rule = defineRule<RescaledEmbedding>({
  code: 'MUP206',
  name: 'tied-readout-without-multiplier',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => model.weights.flatMap((weight) => rescaledOf(weight, model) ?? []),
  say: ({ weight, span, growth }, model) => ({
    span,
    message:
      `${codeSpan(model.rowName(weight))} (${weight.fans}) is embedding and weight of a readout of mup's, whose start ` +
      `\`set_base_shapes\` multiplies as that of a readout of its own${nIs(model)}: embedded features grow like ${growthText(growth)}`,
    assumptions: widthAssumption(model.widths),
    weights: [model.rowName(weight)],
    related: related(model, [weight]),
  }),
  fixes: () => [
    {
      text: 'Start it once base shapes are set, by `nn.init.normal_` or `mup.init.normal_`: with the std that it has at the base width nothing changes there.',
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

function rescaledOf(weight: Weight, { widths }: Model): RescaledEmbedding | null {
  const { isTied, inits, ties, handed } = weight;
  const [span] = [...ties, ...handed];
  if (!isTied || span === undefined || tiedUsesOf(weight, widths).lookups.length === 0) return null;
  const growths = inits.map(({ write, std }) => (write.by === 'set_base_shapes' ? knownExponent(std) : null));
  const [growth = null] = growths;
  if (growth === null || growth < ROUNDING || growths.some((one) => one !== growth)) return null;
  return { weight, span, growth };
}
