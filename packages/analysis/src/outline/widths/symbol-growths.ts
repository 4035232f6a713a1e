import type { Budget } from '../../budget.ts';
import { CONSTANT, eitherGrowth, type Growth, isPoint, point } from '../../growth/growth.ts';
import { growthOf, type Quantity, sizeOf, symbolsOf } from '../../growth/quantity.ts';
import { ONE, ZERO } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { matches, type WidthDeclarations } from './declarations.ts';

/** A number between constant and n: one of several names that could be the width. */
export const AMBIGUOUS: Growth = { low: ZERO, high: ONE };
export const LINEAR: Growth = point(ONE);

/** How many callers are asked for a unit of work. */
const CALLERS = 8;

/** A formula that takes a unit of work; what it takes grows like the square of its size. */
export const SMALL = 16;

/** What callers pass for a width is a width too: surely if they all pass one and the same name. */
export function addCallers(model: ObservedModel, growths: Map<WidthSymbol, Growth>): void {
  for (const quantities of passedForWidths(model, growths)) {
    const symbols = new Set(quantities.flatMap((quantity) => [...symbolsOf(quantity)]));
    const bare = quantities.some((quantity) => quantity.op === 'symbol');
    for (const symbol of symbols) {
      if (!growths.has(symbol)) growths.set(symbol, symbols.size === 1 && bare ? LINEAR : AMBIGUOUS);
    }
  }
}

/** What the instances of a model were given for each parameter that is surely a width. */
function passedForWidths(
  { calls }: ObservedModel,
  growths: ReadonlyMap<WidthSymbol, Growth>,
): readonly (readonly Quantity[])[] {
  const sure = [...growths].filter(([, growth]) => isPoint(growth));
  return sure.map(([symbol]) => calls.flatMap((passed) => passed.get(symbol) ?? []));
}

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

/** `muP_width_multiplier` as `mupwidthmultiplier`. */
function spelled(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** The growth of a number that nobody is seen to give. */
function unpassed({ name }: WidthSymbol): Growth {
  return MAY_MULTIPLY.test(name) ? AMBIGUOUS : CONSTANT;
}

/** The growth of any symbol: a width, what callers compute from widths, or a hyperparameter, which has none. */
export function symbolGrowths(
  { calls }: ObservedModel,
  growths: ReadonlyMap<WidthSymbol, Growth>,
  { multipliers, finite, budget }: WidthDeclarations & { readonly budget: Budget },
): (symbol: WidthSymbol) => Growth {
  const names = new Set([...WIDTH_MULTIPLIER_NAMES, ...multipliers].map(spelled));
  const resolving = new Set<WidthSymbol>();
  const passed = passedBySymbol(calls);
  const found = new Map<WidthSymbol, Growth>();
  const ofSymbol = (symbol: WidthSymbol): Growth => {
    budget.spend(1);
    // Inside the growth of another symbol, that one counts as constant, so that what is found there holds there only.
    const known = growths.get(symbol) ?? (resolving.size === 0 ? found.get(symbol) : undefined);
    if (known !== undefined) return known;
    budget.spend(finite.length / CALLERS);
    if (finite.some((name) => matches(symbol, name))) return CONSTANT;
    if (names.has(spelled(symbol.name))) return LINEAR;
    const quantities = passed.get(symbol);
    if (quantities === undefined || resolving.has(symbol)) return unpassed(symbol);
    resolving.add(symbol);
    const each = [...quantities].map((quantity) => {
      if (quantity === null) return CONSTANT;
      budget.spend(1 + sizeOf(quantity) / SMALL);
      return growthOf(quantity, ofSymbol);
    });
    resolving.delete(symbol);
    const growth = each.reduce(eitherGrowth);
    if (resolving.size === 0) found.set(symbol, growth);
    return growth;
  };
  return ofSymbol;
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
