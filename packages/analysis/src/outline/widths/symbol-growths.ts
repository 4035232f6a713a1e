import type { Budget } from '../../budget.ts';
import { CONSTANT, eitherGrowth, type Growth, isPoint } from '../../growth/growth.ts';
import { type Growths, growthOf, isConstant } from '../../growth/growth-of.ts';
import {
  exactValue,
  literal,
  pair,
  type Quantity,
  sizeOf,
  symbolsOf,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import { negate, ONE } from '../../growth/rational.ts';
import { isItemName, isOfItems, isProductName, type WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { matches, type WidthDeclarations } from './declarations.ts';
import { growthBesideWidth } from './given-together.ts';
import { AMBIGUOUS, LINEAR, passedForWidths } from './given-widths.ts';
import { type MultiplierUses, multiplierUses } from './multiplier-uses.ts';
import { namingCalls } from './naming-calls.ts';
import type { Structure } from './structure.ts';

/** How many callers are asked for a unit of work. */
const CALLERS = 8;

/** A formula that takes a unit of work; what it takes grows like the square of its size. */
export const SMALL = 16;

/** The names that mean width ÷ base width wherever they occur, beside those of the configuration. */
const WIDTH_MULTIPLIER_NAMES: readonly string[] = [
  'width_mult',
  'width_multiplier',
  'mup_width_multiplier',
  'hidden_size_width_mult',
  'm_width',
];

/** What else may be a width multiplier by its name: of such a number nothing is said. */
const MAY_MULTIPLY = /width\w*(?:mult|ratio|scal|factor)|mup\w*(?:mult|ratio|scal)/i;

/** Of what may be a width multiplier or one over it. */
const EITHER_WAY: Growth = { low: negate(ONE), high: ONE };

/** `muP_width_multiplier` as `mupwidthmultiplier`. */
function spelled(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** Of which model growths are asked, and which of its names grow. */
export interface GrowthSources {
  readonly model: ObservedModel;
  readonly structure: Structure;
  readonly widths: ReadonlyMap<WidthSymbol, Growth>;
  /** Those of them that are numbers of heads. */
  readonly heads: ReadonlySet<WidthSymbol>;
  /** Those that are supposed to stay, as the factors that a supposed width is multiplied by. */
  readonly staying: ReadonlySet<WidthSymbol>;
}

/**
 * The growth of any symbol and number: a width, what callers or assignments compute from widths, or a hyperparameter,
 * which has none.
 */
export function growthsIn(
  { model, structure, widths, heads, staying }: GrowthSources,
  { multipliers, finite, budget }: WidthDeclarations & { readonly budget: Budget },
): Growths {
  const { boundary, entries, counted, isOpenEnded } = structure;
  /**
   * What a table has a row for each of, what a whole model is given and gives, and tokens are counted in the data, also where
   * nobody sees how. What a part is given may be as wide as the rest.
   */
  const isOfData = (symbol: WidthSymbol): boolean =>
    entries.has(symbol) || counted.has(symbol) || (!isOpenEnded && boundary.has(symbol));
  const names = new Set([...WIDTH_MULTIPLIER_NAMES, ...multipliers].map(spelled));
  const resolving = new Set<WidthSymbol>();
  const sizes = new Set(structure.lengths.flatMap((length) => [...symbolsOf(length)]));
  const passedAnyhow = passedBySymbol(model.calls);
  const passed = new Map([...passedAnyhow, ...passedByAll(namingCalls(model, widths))]);
  const found = new Map<WidthSymbol, Growth>();
  // As many layers as heads are still layers.
  const written = writtenForWidths(model, new Map([...widths].filter(([symbol]) => !heads.has(symbol))));
  /** What is read elsewhere by the name of a width may be that width, in an object that is not followed. */
  const widthNames = new Set([...widths].flatMap(([{ name }, one]) => (isConstant(one) ? [] : [name])));
  const isNamedLikeWidth = (symbol: WidthSymbol, value: Quantity | null): boolean =>
    value === null && widthNames.has(symbol.name) && !model.presets.has(symbol);
  /** Another item of a list of widths, of which the data decides none, may be one; so may what all of them make. */
  const isBesideWidth = (symbol: WidthSymbol): boolean =>
    (isProductName(symbol) || (isItemName(symbol) && !boundary.has(symbol))) &&
    [...widths.keys()].some((one) => one === symbol.owner || (one.owner === symbol.owner && isOfItems(one)));
  const ofNumber = (value: number): Growth => (written.has(value) ? AMBIGUOUS : CONSTANT);
  /** A number that nobody is seen to give, else what it was given a name for. */
  const unpassed = (symbol: WidthSymbol, value: Quantity | null): Growth => {
    const { name } = symbol;
    if (model.mayBeGiven.has(symbol) || isNamedLikeWidth(symbol, value)) return AMBIGUOUS;
    if (value === null && isBesideWidth(symbol)) return AMBIGUOUS;
    const growth = value === null ? CONSTANT : growthOf(value, growths);
    return isConstant(growth) && MAY_MULTIPLY.test(name) ? AMBIGUOUS : growth;
  };
  let usedSoFar: MultiplierUses | undefined;
  /** What a number that is the same at every width as far as its name and callers tell may be by how the model uses it. */
  const asUsed = (symbol: WidthSymbol): Growth => {
    if (!isPlain(symbol)) return CONSTANT;
    usedSoFar ??= multiplierUses(model, { isPlain, isSize, isWidth: (one) => widths.has(one) });
    if (usedSoFar.certain.has(symbol.name)) return LINEAR;
    if (usedSoFar.inverse.has(symbol.name)) return EITHER_WAY;
    return usedSoFar.possible.has(symbol.name) ? AMBIGUOUS : CONSTANT;
  };
  const isSize = (symbol: WidthSymbol) => widths.has(symbol) || heads.has(symbol) || sizes.has(symbol);
  const isPlain = (symbol: WidthSymbol) =>
    !isSize(symbol) &&
    !model.depths.has(symbol) &&
    !finite.some((name) => matches(symbol, name)) &&
    (model.presets.get(symbol) ?? 1) === 1;
  const isOfWidth = (quantity: Quantity) => [...symbolsOf(quantity)].some((one) => widths.has(one));
  const isGivenUnread = (symbol: WidthSymbol) => model.calls.some((call) => call.get(symbol) === null);
  const ofPassed = (symbol: WidthSymbol, quantity: Quantity | null): Growth => {
    if (quantity === null)
      return isGivenUnread(symbol) && MAY_MULTIPLY.test(symbol.name) ? AMBIGUOUS : CONSTANT;
    budget.spend(1 + sizeOf(quantity) / SMALL);
    // As many tokens or classes as features are still tokens or classes, through however many hands they are passed.
    const hands = [symbol, ...resolving];
    const isCounted = hands.some(isOfData);
    const ways = isCounted ? waysOf(quantity) : [quantity];
    const isBoundary = hands.some((one) => boundary.has(one));
    const growthOfWay = (way: Quantity) =>
      (isCounted && isUnread(way)) || (isBoundary && exactValue(way) !== undefined)
        ? CONSTANT
        : growthOf(way, growths);
    return ways.map(growthOfWay).reduce(eitherGrowth);
  };
  const ofAllPassed = (symbol: WidthSymbol, quantities: readonly (Quantity | null)[]): Growth => {
    const beside = heads.has(symbol) ? undefined : growthBesideWidth(symbol, model, widths);
    const others = beside === undefined ? quantities : quantities.filter((one) => !isOfNumbers(one));
    const each = others.map((quantity) => ofPassed(symbol, quantity));
    return (beside === undefined ? each : [beside, ...each]).reduce(eitherGrowth);
  };
  const settingGiven = (symbol: WidthSymbol, value: Quantity | null) => {
    const given = value === null ? model.settingsGiven.get(symbol) : undefined;
    if (given === undefined) return undefined;
    return goesWithSibling(symbol, model, widths) ? [UNKNOWN_QUANTITY] : given.map(unlessWritten);
  };
  const given = (symbol: WidthSymbol, value: Quantity | null) => {
    const seen = passed.get(symbol) ?? settingGiven(symbol, value);
    const all = model.madeOf.get(symbol);
    const made = isOfData(symbol) ? all?.filter(isOfWidth) : all;
    return made === undefined || made.length === 0 ? seen : [...(seen ?? []), ...made];
  };
  /** What its callers tell for certain comes first. */
  const usedOr = (growth: Growth, symbol: WidthSymbol): Growth => {
    if (isPoint(growth) && !isConstant(growth)) return growth;
    const used = asUsed(symbol);
    return isConstant(growth) || (isPoint(used) && !isConstant(used)) ? used : growth;
  };
  const ofSymbol: Growths['ofSymbol'] = (symbol, value) => {
    budget.spend(1);
    // Inside the growth of another symbol, that one counts as constant, so that what is found there holds there only.
    const known = widths.get(symbol) ?? (resolving.size === 0 ? found.get(symbol) : undefined);
    if (known !== undefined) return known;
    budget.spend(finite.length / CALLERS);
    if (staying.has(symbol) || finite.some((name) => matches(symbol, name))) return CONSTANT;
    if (names.has(spelled(symbol.name))) return LINEAR;
    const quantities = given(symbol, value);
    if (quantities === undefined || resolving.has(symbol)) return usedOr(unpassed(symbol, value), symbol);
    resolving.add(symbol);
    const growth = ofAllPassed(symbol, [...quantities]);
    resolving.delete(symbol);
    const used = usedOr(growth, symbol);
    if (resolving.size === 0) found.set(symbol, used);
    return used;
  };
  const growths: Growths = { ofSymbol, ofNumber };
  return growths;
}

/**
 * The whole numbers that the code writes for a width: one that it writes again elsewhere may be that width. Those of a
 * name that stands for several, as in a sweep, would have to be several there too.
 */
function writtenForWidths(
  model: ObservedModel,
  growths: ReadonlyMap<WidthSymbol, Growth>,
): ReadonlySet<number> {
  const presets = [...growths].flatMap(([symbol, growth]) =>
    isPoint(growth) ? (model.presets.get(symbol) ?? []) : [],
  );
  const written = new Set(presets);
  const named = new Map<WidthSymbol, Set<number>>();
  const given = passedForWidths(model, growths).flatMap((one) => (one.isSure ? one.quantities : []));
  for (const quantity of given.flatMap(waysOf)) {
    for (const exact of wholeNumber(quantity)) {
      if (quantity.op !== 'symbol') written.add(exact);
      else named.set(quantity.symbol, (named.get(quantity.symbol) ?? new Set()).add(exact));
    }
  }
  for (const values of named.values()) if (values.size === 1) for (const value of values) written.add(value);
  return new Set([...written].filter((value) => value > 1));
}

/** Whether the instances of a configuration have other fractions for a setting, and other widths beside it. */
function goesWithSibling(
  symbol: WidthSymbol,
  { settingsGiven }: ObservedModel,
  widths: ReadonlyMap<WidthSymbol, Growth>,
): boolean {
  const differs = (one: WidthSymbol, isOf: (given: Quantity) => boolean) =>
    (settingsGiven.get(one) ?? []).filter(isOf).length > 1;
  const isFraction = (given: Quantity) => (exactValue(given)?.denominator ?? 1) > 1;
  if (!differs(symbol, isFraction)) return false;
  return [...widths.keys()].some(
    (width) => width.owner === symbol.owner && differs(width, (given) => wholeNumber(given).length > 0),
  );
}

/** What a setting is given: a number that the code writes as it is, or has a name for, is one at every width. */
function unlessWritten(given: Quantity): Quantity {
  switch (given.op) {
    case 'literal':
      return literal(1);
    case 'negate':
      return unlessWritten(given.of);
    case 'symbol':
      return given.value === null ? given : unlessWritten(given.value);
    case 'either':
      return pair('either', unlessWritten(given.left), unlessWritten(given.right));
    default:
      return given;
  }
}

/** What callers pass for each symbol, null where some pass nothing. */
function passedBySymbol(
  calls: ObservedModel['calls'],
): ReadonlyMap<WidthSymbol, ReadonlySet<Quantity | null>> {
  const passed = new Map<WidthSymbol, Set<Quantity | null>>();
  const times = new Map<WidthSymbol, number>();
  for (const call of calls) {
    for (const [symbol, quantity] of call) {
      passed.set(symbol, (passed.get(symbol) ?? new Set()).add(quantity));
      times.set(symbol, (times.get(symbol) ?? 0) + 1);
    }
  }
  for (const [symbol, quantities] of passed) if (times.get(symbol) !== calls.length) quantities.add(null);
  return passed;
}

/** What callers pass for each symbol for which all of them pass something. */
function passedByAll(calls: ObservedModel['calls']): ReturnType<typeof passedBySymbol> {
  return new Map([...passedBySymbol(calls)].filter(([, quantities]) => !quantities.has(null)));
}

/** Whether nothing is known of a quantity, whatever the code calls it. */
function isUnread(quantity: Quantity): boolean {
  if (quantity.op === 'symbol') return quantity.value !== null && isUnread(quantity.value);
  return quantity.op === 'unknown';
}

function wholeNumber(quantity: Quantity): readonly number[] {
  const exact = exactValue(quantity);
  return exact?.denominator === 1 ? [exact.numerator] : [];
}

/** Whether it is a number that the code writes, one of several, or the default, which some calls leave. */
function isOfNumbers(quantity: Quantity | null): boolean {
  return quantity === null || waysOf(quantity).every((way) => exactValue(way) !== undefined);
}

/** What a quantity may be, where the code leaves that open. */
function waysOf(quantity: Quantity): readonly Quantity[] {
  return quantity.op === 'either' ? [...waysOf(quantity.left), ...waysOf(quantity.right)] : [quantity];
}
