import { codeSpan } from '@widthwise/core';
import type { Fix } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { editsOf, factorOf } from '../../fixes/edits-of.ts';
import { factorText } from '../../fixes/factor-text.ts';
import { DIFFER } from '../../fixes/no-edit.ts';
import { scaledInit } from '../../fixes/scaled-init.ts';
import { knownExponent } from '../../growth/growth.ts';
import { toNumber } from '../../growth/rational.ts';
import { areOf } from '../../network/init.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { growthText } from '../../words/exponent-text.ts';
import { byPlace, type CausesHere, causesOf, nIs, saidOf, stdsText, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { isSurelyTooLarge, limitOf, settingsAssumed, tooLargeBy } from './hidden-starts.ts';

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
export const constantHiddenInit: Rule = defineRule<CausesHere>({
  code: 'MUP101',
  name: 'constant-hidden-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    byPlace(
      model.weights
        .filter((weight) => !weight.startsAfterBaseShapes && isSurelyTooLarge(weight, model))
        .flatMap((one) => causesOf(one, model).filter(({ write }) => write.span !== null)),
    ),
  say,
  fixes: (start, model, code) => [fixOf(start, model, code)],
});

function say(here: CausesHere, model: Model): Said {
  const { assumptions, ...said } = saidOf(here, model);
  return {
    ...said,
    assumptions: [...(assumptions ?? []), ...settingsAssumed(here.causes)],
    message: messageOf(model, here),
  };
}

function messageOf(model: Model, { causes, first: { weight, std } }: CausesHere): string {
  const subject = subjectText(
    model,
    causes.map((cause) => cause.weight),
  );
  const limit = limitOf(weight, model) ?? 0;
  const how =
    knownExponent(std) === 0 ? 'constant in width' : `which falls more slowly than ${growthText(-limit)}`;
  const growth = toNumber(std.low) + limit;
  return (
    `${subject} initialized with ${stdsText(causes, model)}, ${how}${nIs(model)}: ` +
    `preactivations grow like ${growthText(growth)}`
  );
}

/** What the same statement starts besides: what is right as it is, above all an embedding that is the readout too, and what may be wrong as well. */
function othersText(weights: readonly Weight[], span: Span, model: Model): string {
  const others = model.weights.filter(
    (one) => !weights.includes(one) && one.inits.some(({ write }) => areOf(write, span)),
  );
  const isOther = ({ role }: Weight) => role !== null && role !== 'hidden';
  const parts = [
    ...named(others.filter(isOther), model).map((all) => `${all}, to which this does not apply`),
    ...named(
      others.filter((one) => !isOther(one)),
      model,
    ).map((all) => `${all}, of which this is not said`),
  ];
  return parts.length === 0 ? '' : ` The same line starts ${parts.join(', and ')}.`;
}

/** The names of some weights, as one text; none for none. */
function named(weights: readonly Weight[], model: Model): readonly string[] {
  const names = [...new Set(weights.map((one) => codeSpan(model.rowName(one))))];
  if (names.length === 0) return [];
  const more = names.length - MOST_OTHERS;
  return [names.slice(0, MOST_OTHERS).join(', ') + (more > 0 ? ` and ${more} more` : '')];
}

/** More weights than these are counted. */
const MOST_OTHERS = 3;

/** A way out that leaves the narrow model as it is: as edits where the file has a name for each of their parts. */
function fixOf({ causes, first, span }: CausesHere, model: Model, code: CodeAround): Fix {
  const powers = new Set(causes.map((cause) => tooLargeBy(cause, model)));
  const [power = null, ...others] = powers;
  const limit = limitOf(first.weight, model) ?? 0;
  const wanted = `Make it proportional to ${growthText(-limit)}`;
  if (power === null || others.length > 0)
    return { text: `${wanted}.`, safety: 'needs-decision', edits: [], ...DIFFER };
  const weights = causes.map(({ weight }) => weight);
  const scaled = scaledInit({ span, weights, power }, model, code);
  const text = `${wanted}: ${factorText(power, factorOf(scaled))}.${othersText(weights, span, model)}`;
  return { text, ...editsOf(scaled) };
}
