import { codeSpan, nameText } from '@widthwise/core';
import { grouped } from '../grouped.ts';
import { type Growth, knownExponent } from '../growth/growth.ts';
import { sizeOf } from '../growth/quantity.ts';
import { toNumber } from '../growth/rational.ts';
import type { InitWrite, Scaled } from '../network/init.ts';
import { constantAssumption, widthAssumption } from '../outline/assumptions.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import { placeKey, type Span } from '../syntax/span.ts';
import { powerText } from '../words/exponent-text.ts';
import { quantityText } from '../words/quantity-text.ts';
import type { Said } from './rule.ts';

/** One initialization of one weight, which a finding is about. */
export interface Cause {
  readonly weight: Weight;
  readonly span: Span;
  readonly std: Growth;
  readonly write: InitWrite;
}

/** What may have initialized a weight: statements, or the constructor of its layer. */
export function causesOf(weight: Weight, { widths }: Model): readonly Cause[] {
  return weight.inits.map(({ write, std }) => ({
    weight,
    span: decisiveSpan(write, widths) ?? weight.spans.constructor,
    std,
    write,
  }));
}

/** Where initial values get how they go with the width: a factor that is the same at every width, as one of depth, leaves that. */
function decisiveSpan({ std, span, scales }: Scaled, widths: Model['widths']): Span | null {
  if (scales == null || scales.span === null) return span;
  const [before, after] = [scales.std, std].map((one) => knownExponent(widths.growthOf(one)));
  return before != null && before === after ? decisiveSpan(scales, widths) : span;
}

/** Initializations by the statement that does them, which is where a finding about them stands, and how they go with the width. */
export function byPlace(causes: readonly Cause[]): readonly CausesHere[] {
  const keyOf = ({ span, std }: Cause) => `${placeKey(span)} ${knownExponent(std)}`;
  return [...grouped(causes, keyOf).values()].flatMap((here) => {
    const [first, last] = [here.at(0), here.at(-1)];
    return first === undefined || last === undefined ? [] : [{ causes: here, first, span: last.span }];
  });
}

/** The initializations of one statement. */
export interface CausesHere {
  readonly causes: readonly Cause[];
  readonly first: Cause;
  readonly span: Span;
}

/** What a finding about initializations has beside its message. */
export function saidOf({ causes, span }: CausesHere, model: Model): Omit<Said, 'message'> {
  const stds = causes.map(({ write }) => write.std);
  return {
    span,
    assumptions: [...widthAssumption(model.widths), ...constantAssumption(stds, model.widths)],
    weights: [...new Set(causes.map(({ weight }) => model.rowName(weight)))],
    related: related(
      model,
      causes.map(({ weight }) => weight),
    ),
  };
}

/** Whether weights are all of one row, as those of a loop's rounds are, and so one in a sentence. */
export function isOneRow(model: Model, weights: readonly Weight[]): boolean {
  return namesOf(model, weights).length === 1;
}

function namesOf(model: Model, weights: readonly Weight[]): readonly string[] {
  return [...new Set(weights.map((weight) => weightText(model, weight)))];
}

/** `a.weight (n → n), b.weight (n → n) are`, as many as are worth a line. */
export function subjectText(model: Model, weights: readonly Weight[]): string {
  const named = namesOf(model, weights);
  const shown = named.length > MOST_NAMED + 1 ? named.slice(0, MOST_NAMED) : named;
  const more = named.length - shown.length;
  const text = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
  return `${text} ${named.length === 1 ? 'is' : 'are'}`;
}

/** More weights than these are counted. */
const MOST_NAMED = 4;

/** Standard deviations as the code has them, and how the first goes with the width: `std 0.02, constant in width`. */
export function stdText({ causes, first: { std, write } }: CausesHere, model: Model): string {
  const power = powerText(-toNumber(std.low));
  if (sizeOf(write.std) > LARGEST_FORMULA) return `a std that goes like ${power}`;
  return `${stdsText(causes, model)}, ${power === 'constant' ? 'constant in width' : `like ${power}`}`;
}

/** `std 0.02`; of several that one statement gives, the first. */
export function stdsText(causes: readonly Cause[], { widths: { isWidth } }: Model): string {
  const [first, ...others] = new Set(causes.map(({ write }) => quantityText(write.std, isWidth)));
  return others.length === 0 ? `std ${first}` : `stds such as ${first}`;
}

/** Formulas of more parts than this say less than what they grow with. */
const LARGEST_FORMULA = 12;

/** What n stands for, where the code has one name for it. */
export function nIs({ widths: { names, supposed } }: Model): string {
  return names.length === 1 && supposed.length < 2 ? ` (n = ${codeSpan(names[0] ?? '')})` : '';
}

/** `mix.weight` with its fans, (width → width), where they are those of the model that is made. */
function weightText(model: Model, weight: Weight): string {
  const name = codeSpan(model.rowName(weight));
  return weight.isReplaced ? name : `${name} (${weight.fans})`;
}

/** Where every weight concerned is constructed. */
export function related(model: Model, weights: readonly Weight[]): Said['related'] {
  const places = new Map<string | undefined, { span: Span; message: string }>();
  for (const weight of weights) {
    const { constructor: span } = weight.spans;
    const made = weight.isReplaced
      ? 'is made here, and replaced by code that uses the model'
      : 'is made here';
    places.set(placeKey(span), { span, message: `${nameText(model.rowName(weight))} ${made}` });
  }
  return [...places.values()];
}
