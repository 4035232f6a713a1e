import { codeSpan, nameText } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import { grouped } from '../../grouped.ts';
import { knownExponent } from '../../growth/growth.ts';
import type { Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import { constantAssumption, widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { quantityText } from '../../words/quantity-text.ts';
import { type Cause, causesOf, related, weightText } from '../cause.ts';
import { defineRule, type NamesAt, type Rule, type Said } from '../rule.ts';

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
  fixes: ({ first, span }, model, { namesAt }) => [fixOf(first, model, namesAt(span.start))],
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

/** A way out that leaves the narrow model as it is: as code where the file has a name for each of its parts. */
function fixOf({ weight, write: { std } }: Cause, model: Model, names: ReturnType<NamesAt>): Fix {
  const [width = ''] = model.widths.names;
  const base = baseWidthIn(names);
  const value = numberText(std);
  const limit = model.judgement?.limits.get(weight) ?? 0;
  const wanted = `Make it proportional to ${growthText(-limit)}`;
  if (value === null) return { text: `${wanted}.`, safety: 'needs-decision', edits: [] };
  if (model.widths.names.length > 1 || !names.has(width) || base === undefined) {
    const factor = growthText(limit, '(n₀/n)');
    const text = `${wanted}: a factor ${factor} leaves it as it is at the width n₀ it was chosen at.`;
    return { text, safety: 'identical-at-base', edits: [] };
  }
  const code = codeSpan(`${value} * (${base} / ${width})${limit === 1 ? '' : ` ** ${limit}`}`);
  const text = `${wanted}: ${code} is the same at ${nameText(base)}.`;
  return { text, safety: 'identical-at-base', edits: [] };
}

/** The name that the code has for the width it was tuned at. A name may phrase a fix; no verdict hangs on it. */
function baseWidthIn(names: ReadonlySet<string>): string | undefined {
  if (!baseWidths.has(names)) baseWidths.set(names, [...names].find(isBaseWidth));
  return baseWidths.get(names);
}

/** Of the names of a place, once they have been gone through: a file has many places and few scopes. */
const baseWidths = new WeakMap<ReadonlySet<string>, string | undefined>();

function isBaseWidth(name: string): boolean {
  return /^_?base_?(?:width|dim|size|d_?model|n_?embd|hidden(?:_?\w+)?)$/i.test(name);
}

/** A number that the code spells out in one piece. */
function numberText(quantity: Quantity): string | null {
  if (quantity.op === 'literal') return quantity.text;
  return quantity.op === 'symbol' && quantity.value !== null ? numberText(quantity.value) : null;
}
