import { codeSpan } from '@widthwise/core';
import { DATA } from '../growth/product.ts';
import { freeSymbolsOf, type Quantity } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { ObservedModel } from '../observe/observed-model.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** What findings and verdicts take for granted about the width. */
export function widthAssumption({ names, declared, supposed }: Widths): readonly string[] {
  if (names.length === 0 || declared) return [];
  if (supposed.length > 1) {
    return [`Assumes ${supposed.map((name) => codeSpan(name)).join(' or ')} is what you scale.`];
  }
  const list = names.map((name) => codeSpan(name)).join(', ');
  return [`Assumes ${list} ${names.length === 1 ? 'is' : 'are'} what you scale.`];
}

/** What is taken for granted of what is done to a model before it is trained. */
export function methodAssumptions({
  unseen: {
    called,
    notCalled,
    notGiven,
    goesOn,
    baseShapes,
    configuredBy,
    settings,
    chosen,
    off,
    atDefaults,
  },
}: ObservedModel): readonly string[] {
  const list = (names: readonly string[]) => names.map((name) => codeSpan(name)).join(', ');
  return [
    ...(called.length > 0 ? [`Assumes ${list(called)} ${are(called)} called before training.`] : []),
    ...(notCalled.length > 0
      ? [`Assumes ${list(notCalled)} ${are(notCalled)} not called before training.`]
      : []),
    ...(notGiven.length > 0
      ? [`Assumes ${list(notGiven)} ${are(notGiven)} not given to the forward pass.`]
      : []),
    ...(atDefaults
      ? [
          'Assumes settings that choose what it is made of are left at their defaults: not all ways are followed.',
        ]
      : []),
    ...(configuredBy === null ? [] : [`Assumes ${codeSpan(configuredBy)} says what it is made of.`]),
    ...(settings.length > 0
      ? [`Assumes it is made with ${list(settings.slice(0, MOST_SAID))}${andMore(settings)}.`]
      : []),
    ...(chosen.length > 0
      ? [`Assumes ${list(chosen)}, as by default: what else may be named is not read.`]
      : []),
    ...(off.length > 0
      ? [`Assumes ${list(off)} ${are(off)} off, as by default: what is turned on is not read.`]
      : []),
    ...(baseShapes ? ['Assumes base shapes are set, and differ from the model in what you scale.'] : []),
    ...(goesOn
      ? ['Assumes a run that goes on with loaded weights or rates started with those that a new one has.']
      : []),
  ];
}

/** How many settings a sentence names. */
const MOST_SAID = 8;

function andMore({ length }: readonly string[]): string {
  return length > MOST_SAID ? ` and ${length - MOST_SAID} more, as by default` : '';
}

function are({ length }: readonly string[]): string {
  return length === 1 ? 'is' : 'are';
}

/** The names that were taken for numbers which are the same at every width: rates, scales, counts of layers and heads. */
export function constantAssumption(
  quantities: readonly Quantity[],
  widths: Widths,
  undecided: ReadonlySet<WidthSymbol> = new Set(),
): readonly string[] {
  const symbols = quantities.flatMap((quantity) => [...freeSymbolsOf(quantity)]);
  const constant = symbols.filter(
    (symbol) =>
      symbol !== DATA &&
      isNamed(symbol) &&
      !undecided.has(symbol) &&
      !widths.numbers.has(symbol) &&
      !widths.isWidth(symbol),
  );
  // Any of several names that scale the same may be the one that grows.
  const isSupposed = ({ name }: WidthSymbol) => widths.supposed.includes(name);
  const names = [...new Set(constant.filter((one) => !isSupposed(one)).map(({ name }) => name))].map((name) =>
    codeSpan(name),
  );
  if (widths.names.length === 0 || names.length === 0) return [];
  return [`Assumes ${names.join(', ')} ${names.length === 1 ? 'does' : 'do'} not depend on width.`];
}

/** Of which numbers of heads it is left open whether they grow. */
export function headAssumption(undecided: ReadonlySet<WidthSymbol>): readonly string[] {
  const names = [...new Set([...undecided].map(({ name }) => codeSpan(name)))];
  if (names.length === 0) return [];
  return [
    `Leaves open whether ${names.join(', ')} ${names.length === 1 ? 'grows' : 'grow'} with the width, or heads get longer.`,
  ];
}

/** Whether a name is one of the code, which the number of a round of a loop has none of. */
function isNamed({ name }: WidthSymbol): boolean {
  return !name.includes(' ');
}

/** Everything about the weights that scales: standard deviations and rates. */
export function numbersOf(weights: readonly Weight[]): readonly Quantity[] {
  return weights.flatMap(({ inits, rate }) => [...inits.map(({ write }) => write.std), rate.lr]);
}
