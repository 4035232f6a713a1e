import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { knownExponent } from '../../growth/growth.ts';
import type { Choice } from '../../network/graph.ts';
import type { Guard } from '../../network/guard.ts';
import { placesOf } from '../../network/places.ts';
import { widthAssumption } from '../../outline/assumptions.ts';
import { type FactorWay, factorWays } from '../../outline/factor-ways.ts';
import type { Model } from '../../outline/model.ts';
import { isSamePlace, placeKey, type Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { nIs } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';

/**
 * What one model makes of one weight on two ways has the same factors on both, whether it is trained or used.
 *
 *     a(training) ≠ a(inference)   ⇒   the outputs of one and the same model differ by a power of the width
 *
 * Only ways that one model takes are compared: those that depend on what it is given or on `training`, not on how it
 * was built. Their other conditions must be able to hold together, and the weight must be applied to the same tensor.
 */
export const inconsistentMultiplierPaths: Rule = defineRule<Inconsistency>({
  code: 'MUP205',
  name: 'inconsistent-multiplier-paths',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) => {
    const found = model.pass.tensors.flatMap((tensor) =>
      tensor.op === 'choice' && tensor.guard?.ofCall === true
        ? inconsistenciesOf(tensor, tensor.guard, model)
        : [],
    );
    return [...new Map(found.map((one) => [placeKey(one.span), one])).values()];
  },
  say,
  fixes: ({ factor }) => [fixOf(factor)],
});

/** One weight with different factors on two ways. */
interface Inconsistency {
  readonly guard: Guard;
  /** The way that is multiplied by more, and the other. */
  readonly larger: FactorWay;
  readonly smaller: FactorWay;
  readonly span: Span;
  /** The power of the width by which they differ. */
  readonly factor: number;
}

function inconsistenciesOf({ of }: Choice, guard: Guard, { widths }: Model): readonly Inconsistency[] {
  const [one = [], other = []] = of.map((tensor) => factorWays(tensor, widths.growthOf));
  return one.flatMap((left) =>
    other.flatMap((right): readonly Inconsistency[] => {
      const [first, second] = [knownExponent(left.factor), knownExponent(right.factor)];
      if (first === null || second === null || first === second || !mayBothHold(left, right)) return [];
      const [larger, smaller] = first > second ? [left, right] : [right, left];
      const span = placeOf(larger, smaller);
      return span === null ? [] : [{ guard, larger, smaller, span, factor: Math.abs(first - second) }];
    }),
  );
}

/** Where the larger one is made: of a product that code writes out on both ways, the place that the other way's factor is not on. */
function placeOf(larger: FactorWay, smaller: FactorWay): Span | null {
  if (larger.product !== smaller.product) return larger.product.span;
  const [first, second, ...more] = placesOf(larger.product);
  const end = smaller.factorSpan?.end;
  if (first === undefined || second === undefined || more.length > 0 || end === undefined) return null;
  return end < second.start ? second : first;
}

function mayBothHold(left: FactorWay, right: FactorWay): boolean {
  if (left.weight !== right.weight || left.base !== right.base) return false;
  return [...left.decided].every(([guard, place]) => (right.decided.get(guard) ?? place) === place);
}

function say({ guard, larger, smaller, span, factor }: Inconsistency, model: Model): Said {
  const { layer, which } = larger.weight;
  const weight = model.weights.find(({ uses }) =>
    uses.some((use) => use.layer === layer && use.which === which),
  );
  const name = weight === undefined ? which : model.rowName(weight);
  const other = smaller.product === larger.product ? smaller.factorSpan : smaller.product.span;
  return {
    span,
    message:
      `What ${codeSpan(name)} makes is larger here, by a factor ${growthText(factor)}, than where ${codeSpan(guard.text)} ` +
      `decides otherwise${nIs(model)}: one model gives outputs of two scales`,
    assumptions: widthAssumption(model.widths),
    weights: [name],
    related: other === null || isSamePlace(other, span) ? [] : [{ span: other, message: 'the other way' }],
  };
}

function fixOf(factor: number): Fix {
  return {
    text: `Apply the factor ${growthText(-factor)} before the condition, so that both ways have it.`,
    safety: 'changes-numbers',
    edits: [],
  };
}
