import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { scaledInit } from '../../fixes/scaled-init.ts';
import { grouped } from '../../grouped.ts';
import { knownExponent } from '../../growth/growth.ts';
import { toNumber } from '../../growth/rational.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { type Cause, causesOf, related, weightText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';

/**
 * A hidden weight needs a + b = ½: its preactivations are sums of `width` terms.
 *
 *     a + b < ½   ⇒   preactivations grow like n^(½ − a − b)
 *
 * Silent where a normalization follows the layer, or where what follows is not understood: then the size of the
 * preactivations may not matter.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const constantHiddenInit: Rule = defineRule<LargeStart>({
  code: 'MUP101',
  name: 'constant-hidden-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check(model) {
    const causes = model.weights.filter((weight) => isSurelyTooLarge(weight, model)).flatMap(causesOf);
    const places = grouped(causes, ({ span }) => span.start);
    return [...places.values()].flatMap((here) => {
      const [first, last] = [here.at(0), here.at(-1)];
      return first === undefined || last === undefined ? [] : [{ causes: here, first, span: last.span }];
    });
  },
  say,
  fixes: (start, model, code) => [fixOf(start, model, code)],
});

/** The initializations that one statement makes too large. */
interface LargeStart {
  readonly causes: readonly Cause[];
  readonly first: Cause;
  readonly span: Span;
}

/** Every way that the weight may have been initialized makes what it makes grow. */
function isSurelyTooLarge(weight: Weight, { judgement }: Model): boolean {
  const limit = judgement?.limits.get(weight) ?? null;
  return (
    weight.role === 'hidden' &&
    limit !== null &&
    weight.inits.every(({ write, std }) => write.span !== null && toNumber(std.low) > ROUNDING - limit)
  );
}

/** Sums of fractions that are no powers of ½ differ in the last digits. */
const ROUNDING = 1e-9;

function say({ causes, first, span }: LargeStart, model: Model): Said {
  return {
    span,
    message: messageOf(model, causes, first),
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption(
        causes.map(({ write }) => write.std),
        model.widths,
      ),
    ],
    weights: [...new Set(causes.map(({ weight }) => model.rowName(weight)))],
    related: related(model, causes),
  };
}

function messageOf(model: Model, causes: readonly Cause[], { weight, std, write }: Cause): string {
  const named = [...new Set(causes.map((cause) => weightText(model, cause.weight)))];
  const value = quantityText(write.std, model.widths.isWidth);
  const limit = model.judgement?.limits.get(weight) ?? 0;
  const how =
    knownExponent(std) === 0 ? 'constant in width' : `which falls more slowly than ${growthText(-limit)}`;
  const growth = toNumber(std.low) + limit;
  return (
    `${named.join(', ')} ${named.length === 1 ? 'is' : 'are'} initialized with std ${value}, ${how}` +
    `${nIs(model)}: preactivations grow like ${growthText(growth)}`
  );
}

/** What n stands for, where the code has one name for it. */
function nIs({ widths: { names } }: Model): string {
  return names.length === 1 ? ` (n = ${codeSpan(names[0] ?? '')})` : '';
}

/** A way out that leaves the narrow model as it is: as edits where the file has a name for each of their parts. */
function fixOf({ causes, first, span }: LargeStart, model: Model, code: CodeAround): Fix {
  const powers = new Set(causes.map((cause) => tooLargeBy(cause, model)));
  const [power = null, ...others] = powers;
  const limit = model.judgement?.limits.get(first.weight) ?? 0;
  const wanted = `Make it proportional to ${growthText(-limit)}`;
  if (power === null || others.length > 0) return { text: `${wanted}.`, safety: 'needs-decision', edits: [] };
  const weights = causes.map(({ weight }) => weight);
  const scaled = scaledInit({ span, weights, power }, model, code);
  const text = `${wanted}: ${factorText(power, scaled?.factor ?? null)}.`;
  return { text, safety: scaled?.safety ?? 'identical-at-base', edits: scaled?.edits ?? [] };
}

/** The power of n by which a start is too large; null where that is not known. */
function tooLargeBy({ weight, std }: Cause, model: Model): number | null {
  const growth = knownExponent(std);
  const limit = model.judgement?.limits.get(weight) ?? null;
  return growth === null || limit === null ? null : growth + limit;
}
