import { type Growth, knownExponent, timesGrowth } from '../../growth/growth.ts';
import { exactValue } from '../../growth/quantity.ts';
import { add, compare, HALF, negate, type Rational } from '../../growth/rational.ts';
import type { InitWrite } from '../../interpret/heap.ts';
import type { Model } from '../../outline/weight-table.ts';
import { constantAssumption, widthAssumption } from '../../outline/weight-table.ts';
import { dimensionText, type Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { quantityText, rationalText } from '../../words/quantity-text.ts';
import type { Report, Rule } from '../rule.ts';

/**
 * A hidden weight needs a + b = ½: its preactivations are sums of `width` terms.
 *
 *     a + b < ½   ⇒   preactivations grow like width^(½ − a − b)
 *
 * Silent where a normalization follows the layer, or where what follows is not understood: then the size of the
 * preactivations may not matter.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const constantHiddenInit: Rule = {
  code: 'MUP101',
  name: 'constant-hidden-init',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check(model) {
    const causes = model.weights.filter(isSurelyTooLarge).flatMap(causesOf);
    const spans = [...new Map(causes.map(({ span }) => [span.start, span])).values()];
    return spans.map((span) =>
      report(
        model,
        span,
        causes.filter((cause) => cause.span.start === span.start),
      ),
    );
  },
};

interface Cause {
  readonly weight: Weight;
  readonly span: Span;
  readonly std: Growth;
  readonly write: InitWrite;
}

/** Every way that the weight may have been initialized violates the condition, and its size matters. */
function isSurelyTooLarge(weight: Weight): boolean {
  return (
    weight.role === 'hidden' &&
    weight.exits.length > 0 &&
    weight.exits.every(({ into }) => into !== 'norm' && into !== 'opaque') &&
    weight.inits.every(({ write, std }) => write.span !== null && exceedsLimit(std, weight))
  );
}

/** Whether n^½ times the effective standard deviation surely grows. */
function exceedsLimit(std: Growth, { multiplier }: Weight): boolean {
  return compare(timesGrowth(std, multiplier).low, negate(HALF)) > 0;
}

function causesOf(weight: Weight): readonly Cause[] {
  return weight.inits.flatMap(({ write, std }) =>
    write.span === null ? [] : [{ weight, span: write.span, std, write }],
  );
}

function report(model: Model, span: Span, causes: readonly Cause[]): Report {
  const weights = [...new Set(causes.map(({ weight }) => model.rowName(weight)))];
  const [first] = causes;
  return {
    span,
    message: first === undefined ? '' : messageOf(model, causes, first),
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption(
        causes.map(({ write }) => write.std),
        model.widths,
      ),
    ],
    fixes: first === undefined ? [] : [fixOf(model, first)],
    weights,
    related: related(model, causes),
  };
}

function messageOf(model: Model, causes: readonly Cause[], { weight, std, write }: Cause): string {
  const named = [...new Set(causes.map((cause) => weightText(model, cause.weight)))];
  const value = quantityText(write.std, model.widths.isWidth);
  const width = widthName(model);
  const how =
    knownExponent(std) === 0 ? `constant in ${width} (b = 0)` : `which falls more slowly than 1/√${width}`;
  const growth = add(timesGrowth(std, weight.multiplier).low, HALF) ?? HALF;
  return (
    `${named.join(', ')} ${named.length === 1 ? 'is' : 'are'} initialized with std ${value}, ${how}: ` +
    `preactivations grow like ${widthPower(model, growth)}`
  );
}

/** `mix.weight` with its fans: (width → width). */
function weightText(model: Model, weight: Weight): string {
  const { fanIn, fanOut } = weight.layer;
  const fans = `${dimensionText(fanIn, model.widths)} → ${dimensionText(fanOut, model.widths)}`;
  return `\`${model.rowName(weight)}\` (${fans})`;
}

/** A way out that leaves the narrow model as it is, where the code spells the number out. */
function fixOf(model: Model, { write: { std } }: Cause): string {
  const width = widthName(model);
  const value = quantityText(std, model.widths.isWidth);
  const same =
    exactValue(std) === undefined
      ? ''
      : `: \`${value} * (base_width / ${width}) ** 0.5\` is the same at base_width`;
  return `Make it proportional to 1/√${width}${same}.`;
}

function widthName({ widths }: Model): string {
  return widths.names.length === 1 ? (widths.names[0] ?? 'width') : 'width';
}

function widthPower(model: Model, exponent: Rational): string {
  const name = widthName(model);
  if (compare(exponent, HALF) === 0) return `√${name}`;
  if (compare(exponent, { numerator: 1, denominator: 1 }) === 0) return name;
  return `${name}^${rationalText(exponent)}`;
}

/** The attribute and constructor of every weight concerned. */
function related(model: Model, causes: readonly Cause[]): Report['related'] {
  const places = new Map<number, { span: Span; message: string }>();
  for (const { weight } of causes) {
    const { span } = weight.layer;
    places.set(span.start, { span, message: `${model.rowName(weight)} is made here` });
  }
  return [...places.values()];
}
