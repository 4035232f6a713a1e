import { codeSpan } from '@widthwise/core';
import type { Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import { widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import { isOpenLength, openHeadsIn } from '../../outline/open-heads.ts';
import { placeKey, type Span } from '../../syntax/span.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { nIs } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';
import { isSmaller, type LogitPath, softmaxedPaths, summedIn, weightsOn } from './attention-logits.ts';
import { withoutKernel } from './without-kernel.ts';

/**
 * Attention over heads of which it is open whether they get longer or more, scaled as is right for one of the two at most.
 *
 *     d constant:  1/√d is right        d ∝ n:  logits want 1/d
 *
 * @see Yang et al. 2022 (Tensor Programs V), Definition 4.1
 */
export const ambiguousHeadDimension: Rule = defineRule<OpenHeads>({
  code: 'MUP004',
  name: 'ambiguous-head-dimension',
  shownAs: 'finding',
  levels: { mup: 'hint', advisory: 'off' },
  check: (model) => {
    const open = softmaxedPaths(model).flatMap((path) => openHeadsOf(path, model));
    return [...new Map(open.map((one) => [placeKey(one.span), one])).values()];
  },
  say: ({ span, length, path }, model) => ({
    span,
    message:
      `Heads have ${codeSpan(quantityText(length, model.widths.isWidth))} features, and the code does not say whether that grows${nIs(model)}: ` +
      wanted(path),
    assumptions: widthAssumption(model.widths),
    weights: [...new Set(weightsOn(path, model).map((weight) => model.rowName(weight)))],
    related: [],
  }),
  also: ({ path }, code) => withoutKernel(path, code),
  fixes: ({ undecided }) => [
    {
      text: `Say which of the two is scaled by the setting \`head-scaling\`: ${codeSpan('head-count')} if ${codeSpan(undecided)} grows with the width, ${codeSpan('head-dim')} if it stays.`,
      safety: 'needs-decision',
      edits: [],
      settings: [
        { name: 'head-scaling', value: 'head-count', says: `${undecided} grows with the width` },
        { name: 'head-scaling', value: 'head-dim', says: `${undecided} stays, and heads get longer` },
      ],
    },
  ],
});

function wanted({ factor, isOpen }: LogitPath): string {
  return toNumber(factor.high) < -ROUNDING && !isOpen
    ? 'if models get more heads no scale of the logits should fall with width, if heads get longer it should fall like 1/n'
    : 'if models get more heads this scale of the logits is right, if heads get longer it should fall like 1/n';
}

interface OpenHeads {
  readonly path: LogitPath;
  readonly span: Span;
  readonly length: Quantity;
  /** The name that decides it. */
  readonly undecided: string;
}

function openHeadsOf(path: LogitPath, model: Model): readonly OpenHeads[] {
  const { widths } = model;
  const span = path.factorSpan ?? path.product.span;
  const weights = weightsOn(path, model);
  if (span === null || weights.length === 0 || weights.some(isSmaller)) return [];
  return summedIn(path.product).flatMap(({ length }): readonly OpenHeads[] => {
    const [undecided] = openHeadsIn(length, widths);
    const longest = toNumber(widths.growthOf(length).high);
    if (undecided === undefined || !isOpenLength(length, widths) || !Number.isFinite(longest)) return [];
    const isMultiplied = toNumber(path.factor.low) > ROUNDING && !path.isOpen;
    const mayBeTooLarge =
      longest > ROUNDING && toNumber(path.factor.low) > ROUNDING - longest && !isMultiplied;
    return mayBeTooLarge ? [{ path, span, length, undecided: undecided.name }] : [];
  });
}
