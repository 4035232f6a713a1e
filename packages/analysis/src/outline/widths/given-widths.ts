import { CONSTANT, eitherGrowth, type Growth, isPoint, knownExponent, point } from '../../growth/growth.ts';
import { growthOf } from '../../growth/growth-of.ts';
import { exactValue, leavesOf, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import { ONE, toNumber, ZERO } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';

/** A number between constant and n: one of several names that could be the width. */
export const AMBIGUOUS: Growth = { low: ZERO, high: ONE };
export const LINEAR: Growth = point(ONE);

/** What goes through more hands than code that people write has is not followed. */
const MOST_HANDS = 8;

/** In what it is found which names callers have for widths. */
export interface GivenSources {
  readonly model: ObservedModel;
  readonly pass: ForwardPass;
  readonly growths: Map<WidthSymbol, Growth>;
}

/** What some name that is a width, or may be one, was given. */
interface Given {
  readonly isSure: boolean;
  readonly quantities: readonly Quantity[];
}

/**
 * What callers pass for a width is a width too: surely if they all pass one and the same name. So is what they were
 * given for that.
 */
export function addCallers(sources: GivenSources): void {
  const { model, growths } = sources;
  for (let before = -1, hands = 0; before < growths.size && hands < MOST_HANDS; hands++) {
    before = growths.size;
    for (const given of passedForWidths(model, growths)) addGiven(given, sources);
  }
}

function addGiven({ isSure, quantities }: Given, sources: GivenSources): void {
  const { model, growths } = sources;
  const symbols = new Set(quantities.flatMap((quantity) => [...symbolsOf(quantity)]));
  const isOne = isSure && symbols.size === 1 && quantities.some(({ op }) => op === 'symbol');
  const measures = measuresIn(symbols, model);
  const rest = new Set([...symbols].filter((symbol) => !measures.has(symbol)));
  const scaled = isSure && !isOne ? scaledIn(quantities, { symbols, rest }, sources) : undefined;
  if (scaled === undefined) {
    addNew(growths, symbols, isOne ? LINEAR : AMBIGUOUS);
  } else {
    growths.set(scaled, LINEAR);
    addNew(growths, measures, CONSTANT);
    settleAmbiguous(model, growths);
  }
  // A name for what is computed from others has them behind it: who scales it writes other numbers for those.
  const behind = quantities.flatMap(valuesIn);
  if (behind.length > 0) addGiven({ isSure: isOne, quantities: behind }, sources);
}

/** What the names in a quantity are computed from, as far as that has names, too. */
function valuesIn(quantity: Quantity): readonly Quantity[] {
  return leavesOf(quantity).flatMap((leaf) =>
    leaf.op === 'symbol' && leaf.value !== null && symbolsOf(leaf.value).size > 0 ? [leaf.value] : [],
  );
}

function addNew(growths: Map<WidthSymbol, Growth>, symbols: ReadonlySet<WidthSymbol>, growth: Growth): void {
  for (const symbol of symbols) if (!growths.has(symbol)) growths.set(symbol, growth);
}

/**
 * Of what a width is computed from, the one name that is there for it alone: no other setting of the model or of its
 * configuration is given it, as the number of layers is, nothing is rounded to it, and no rate goes with others of them
 * alone. The width grows like it; undefined where there are several or none, or where what multiplies features goes with
 * another.
 */
function scaledIn(
  quantities: readonly Quantity[],
  { symbols, rest }: { readonly symbols: ReadonlySet<WidthSymbol>; readonly rest: ReadonlySet<WidthSymbol> },
  { model, pass, growths }: GivenSources,
): WidthSymbol | undefined {
  const settings = settingsOf(model, growths);
  const given = new Set(settings.flatMap(({ one }) => (one.op === 'symbol' ? [one.symbol] : [])));
  const below = new Set(quantities.flatMap(dividing));
  const alone = [...rest].filter((symbol) => !given.has(symbol) && !below.has(symbol));
  const [only, ...more] = rest.size < symbols.size && rest.size === 1 ? rest : alone;
  if (only === undefined || more.length > 0) return undefined;
  if ([...symbols].some((symbol) => symbol !== only && growths.has(symbol))) return undefined;
  const others = [...rest].filter((symbol) => symbol !== only);
  if (isInRates(others, only, model.optimizers)) return undefined;
  const used = new Set(factorsIn(pass, model.depths).flatMap((factor) => [...symbolsOf(factor)]));
  const areUsed = settings.some(
    ({ setting, one }) => used.has(setting) && one.op === 'symbol' && others.includes(one.symbol),
  );
  if (areUsed || others.some((symbol) => used.has(symbol))) return undefined;
  const sources = {
    ofSymbol: (symbol: WidthSymbol) => (symbol === only ? LINEAR : CONSTANT),
    ofNumber: () => CONSTANT,
  };
  return quantities.every((quantity) => isLinear(growthOf(quantity, sources))) ? only : undefined;
}

/** What multiplies features, but for what is made of numbers of layers. */
function factorsIn({ tensors }: ForwardPass, depths: ReadonlySet<WidthSymbol>): readonly Quantity[] {
  const factors = tensors.flatMap((tensor) => (tensor.op === 'scale' ? [tensor.factor] : []));
  return factors.filter((factor) => ![...symbolsOf(factor)].some((symbol) => depths.has(symbol)));
}

/** What the settings of the model and of its configurations are given. */
function settingsOf(
  { calls, settingsGiven }: ObservedModel,
  growths: ReadonlyMap<WidthSymbol, Growth>,
): readonly { readonly setting: WidthSymbol; readonly one: Quantity }[] {
  const owners = new Set([...growths.keys()].map(({ owner }) => owner));
  const beside = [...settingsGiven].flatMap(([setting, each]) =>
    owners.has(setting.owner) ? each.map((one) => ({ setting, one })) : [],
  );
  return [...calls.flatMap((call) => [...call].map(([setting, one]) => ({ setting, one }))), ...beside];
}

/** Whether a rate goes with some of what a width is computed from and not with the rest, as one does by width ÷ base width. */
function isInRates(
  some: readonly WidthSymbol[],
  rest: WidthSymbol,
  optimizers: ObservedModel['optimizers'],
): boolean {
  const rates = ratesOf(optimizers).map((rate) => powersIn(rate));
  return rates.some((names) => !names.has(rest) && some.some((symbol) => names.has(symbol)));
}

function ratesOf(optimizers: ObservedModel['optimizers']): readonly Quantity[] {
  return optimizers.flatMap(({ steps }) => steps.flatMap(({ groups }) => groups.map(({ lr }) => lr)));
}

/**
 * Of what a width is computed from, what some rate has that width measured by: in `lr * base / width` with `width = base *
 * times` that is `base`, which the quotient does not have.
 */
function measuresIn(
  symbols: ReadonlySet<WidthSymbol>,
  { optimizers }: ObservedModel,
): ReadonlySet<WidthSymbol> {
  const quotients = ratesOf(optimizers).flatMap(quotientsIn).map(powersIn);
  const cancelled = [...symbols].filter((symbol) => quotients.some((powers) => powers.get(symbol) === 0));
  return new Set(cancelled.length < symbols.size ? cancelled : []);
}

function quotientsIn(quantity: Quantity): readonly Quantity[] {
  if (quantity.op === 'symbol') return quantity.value === null ? [] : quotientsIn(quantity.value);
  if ('of' in quantity) return quotientsIn(quantity.of);
  if ('base' in quantity) return quotientsIn(quantity.base);
  if (!('left' in quantity)) return [];
  const parts = [...quotientsIn(quantity.left), ...quotientsIn(quantity.right)];
  return quantity.op === 'divide' ? [quantity, ...parts] : parts;
}

/** How often a product of names has each of them as a factor, less often where it is divided by one. */
function powersIn(quantity: Quantity): ReadonlyMap<WidthSymbol, number> {
  const powers = new Map<WidthSymbol, number>();
  for (const { symbol, times } of factorsOf(quantity, 1))
    powers.set(symbol, (powers.get(symbol) ?? 0) + times);
  return powers;
}

interface Factor {
  readonly symbol: WidthSymbol;
  readonly times: number;
}

function factorsOf(quantity: Quantity, times: number): readonly Factor[] {
  switch (quantity.op) {
    case 'multiply':
      return [...factorsOf(quantity.left, times), ...factorsOf(quantity.right, times)];
    case 'divide':
      return [...factorsOf(quantity.left, times), ...factorsOf(quantity.right, -times)];
    case 'power':
      return factorsOf(quantity.base, times * toNumber(quantity.exponent));
    case 'symbol':
      if (quantity.value !== null && symbolsOf(quantity.value).size > 0)
        return factorsOf(quantity.value, times);
      return [{ symbol: quantity.symbol, times }];
    default:
      return [...symbolsOf(quantity)].map((symbol) => ({ symbol, times }));
  }
}

/** Whether a size surely grows as the width does. */
export function isLinear(growth: Growth): boolean {
  return knownExponent(growth) === 1;
}

/** The names that something is divided by. */
function dividing(quantity: Quantity): readonly WidthSymbol[] {
  if (!('left' in quantity)) return 'of' in quantity ? dividing(quantity.of) : [];
  const below = quantity.op === 'divide' ? [...symbolsOf(quantity.right)] : [];
  return [...below, ...dividing(quantity.left), ...dividing(quantity.right)];
}

/** Settings that are computed from what is scaled, or from what stays, grow as that says. */
function settleAmbiguous(model: ObservedModel, growths: Map<WidthSymbol, Growth>): void {
  const ofSymbol = (symbol: WidthSymbol) => growths.get(symbol) ?? CONSTANT;
  for (const [symbol, growth] of growths) {
    if (isPoint(growth)) continue;
    const given = model.calls.map((call) => call.get(symbol));
    const grown = given.flatMap((one) =>
      one == null || exactValue(one) !== undefined
        ? []
        : [growthOf(one, { ofSymbol, ofNumber: () => CONSTANT })],
    );
    const settled = grown.length === given.length ? grown.reduce(eitherGrowth) : growth;
    if (isPoint(settled)) growths.set(symbol, settled);
  }
}

/**
 * What the instances of a model or configuration were given for each parameter or setting that is a width or may be one;
 * those that others are measured by alone, only where there are no others.
 */
export function passedForWidths(
  { calls, yardsticks, settingsGiven }: ObservedModel,
  growths: ReadonlyMap<WidthSymbol, Growth>,
): readonly Given[] {
  const trained = calls.filter((call) => !yardsticks.has(call));
  const asked = trained.length > 0 ? trained : calls;
  return [...growths].map(([symbol, growth]) => ({
    isSure: isPoint(growth),
    quantities: [
      ...asked.flatMap((passed) => passed.get(symbol) ?? []),
      ...(settingsGiven.get(symbol) ?? []),
    ],
  }));
}
