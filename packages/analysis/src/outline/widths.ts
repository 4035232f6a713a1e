import { Budget } from '../budget.ts';
import { CONSTANT, eitherGrowth, type Growth, isPoint, point } from '../growth/growth.ts';
import { freeSymbolsOf, growthOf, type Quantity, sizeOf, symbolsOf } from '../growth/quantity.ts';
import { compare, ONE, ZERO } from '../growth/rational.ts';
import { pathOf, type WidthSymbol } from '../growth/symbol.ts';
import type { Layer } from '../network/layer.ts';
import { familyOf, hasMatrix } from '../network/layer.ts';
import type { ObservedModel } from '../observe/observed-model.ts';

/** What the code and its author say scales. */
export interface WidthDeclarations {
  readonly widths: readonly string[];
  readonly finite: readonly string[];
  readonly multipliers: readonly string[];
}

/** Which names of a model grow with width n, and how. */
export interface Widths {
  /** The widths, as the code names them. */
  readonly names: readonly string[];
  /** The names of sizes that could be declared a width, the likeliest first; empty where there is one. */
  readonly candidates: readonly string[];
  /** How the evidence was found: said in assumptions. */
  readonly declared: boolean;
  isWidth(symbol: WidthSymbol): boolean;
  growthOf(quantity: Quantity): Growth;
}

/** How many callers are asked for a unit of work. */
const CALLERS = 8;

/** A formula that takes a unit of work; what it takes grows like the square of its size. */
const SMALL = 16;

/** A number between constant and n: one of several names that could be the width. */
const AMBIGUOUS: Growth = { low: ZERO, high: ONE };
const LINEAR: Growth = point(ONE);

/**
 * Finds the widths of a model: declared ones, else those that its structure shows.
 *
 * A dimension is interior when it is produced by one layer, consumed by another, and never reaches what the model
 * is given or gives. A single interior name is the width; among several only those that some layer maps to
 * themselves are, and the others stay ambiguous.
 */
export function findWidths(
  model: ObservedModel,
  declarations: WidthDeclarations,
  budget: Budget = new Budget(),
): Widths {
  const dimensions = dimensionsOf(model);
  budget.spend(dimensions.symbols.size * (dimensions.layers.length + declarations.widths.length));
  const growths = new Map<WidthSymbol, Growth>();
  const declared = declaredWidths(dimensions, declarations);
  const found = declared.length > 0 ? declared : structuralWidths(model, dimensions, growths, declarations);
  for (const symbol of found) growths.set(symbol, LINEAR);
  addCallers(model, growths);
  const ofSymbol = symbolGrowths(model, growths, { ...declarations, budget });
  return {
    names: [...new Set(found.map(({ name }) => name))],
    candidates: found.length > 0 ? [] : candidatesAmong(model, dimensions, declarations),
    declared: declared.length > 0,
    isWidth: (symbol) => compare(ofSymbol(symbol).high, ZERO) > 0,
    growthOf: (quantity) => {
      budget.spend(1 + (sizeOf(quantity) / SMALL) ** 2);
      return growthOf(quantity, ofSymbol);
    },
  };
}

/** Whether a declared name, such as `n_embd` or `GPTConfig.n_embd`, means this symbol. */
function matches(symbol: WidthSymbol, declared: string): boolean {
  const names = pathOf(symbol);
  const path = names.join('.');
  if (path === declared || path.endsWith(`.${declared}`)) return true;
  // A configuration reaches the model as a parameter: GPT.config.n_embd is GPTConfig.n_embd.
  return names.length > 2 && /\./.test(declared) && declared.endsWith(`.${symbol.name}`);
}

interface Dimensions {
  readonly layers: readonly Layer[];
  /** Every symbol of a fan. */
  readonly symbols: ReadonlySet<WidthSymbol>;
}

function dimensionsOf(model: ObservedModel): Dimensions {
  const layers = model.layers.map(({ layer }) => layer).filter(hasMatrix);
  const symbols = new Set(layers.flatMap((layer) => [...symbolsOf(layer.fanIn), ...symbolsOf(layer.fanOut)]));
  return { layers, symbols };
}

function declaredWidths(
  { symbols }: Dimensions,
  { widths, finite }: WidthDeclarations,
): readonly WidthSymbol[] {
  return [...symbols].filter(
    (symbol) => widths.some((name) => matches(symbol, name)) && !finite.some((name) => matches(symbol, name)),
  );
}

/** The symbols that the structure shows to be widths. Those that may be are entered as ambiguous. */
function structuralWidths(
  model: ObservedModel,
  dimensions: Dimensions,
  growths: Map<WidthSymbol, Growth>,
  { finite }: WidthDeclarations,
): readonly WidthSymbol[] {
  const interior = interiorSymbols(model, dimensions).filter(
    (symbol) => !finite.some((name) => matches(symbol, name)),
  );
  const alone = interior.filter((symbol) => standsAlone(symbol, dimensions));
  const sure = alone.length === 1 ? alone : alone.filter((symbol) => isMappedToItself(symbol, dimensions));
  for (const symbol of interior) {
    if (!sure.includes(symbol) && !isRatio(symbol, sure, dimensions)) growths.set(symbol, AMBIGUOUS);
  }
  return sure;
}

/**
 * Symbols produced and consumed inside the model that never reach its input or output. A name for a number that the
 * code spells out does not scale unless it is declared to.
 */
function interiorSymbols({ uses, outputs }: ObservedModel, { layers }: Dimensions): readonly WidthSymbol[] {
  const produced = new Set<WidthSymbol>();
  const consumed = new Set<WidthSymbol>();
  const boundary = new Set<WidthSymbol>();
  const add = (to: Set<WidthSymbol>, quantity: Quantity) => {
    for (const symbol of freeSymbolsOf(quantity)) to.add(symbol);
  };
  for (const { layer, input } of uses) {
    add(produced, layer.fanOut);
    if (familyOf(layer).columns === 'entries' || input.origins.includes('input')) add(boundary, layer.fanIn);
    else add(consumed, layer.fanIn);
  }
  const leaving = new Set(outputs.flatMap((flow) => flow.origins));
  for (const origin of leaving) if (origin !== 'input') add(boundary, origin.layer.fanOut);
  const used = new Set(uses.map((use) => use.layer));
  for (const layer of layers) {
    if (used.has(layer)) continue;
    add(boundary, layer.fanIn);
    add(boundary, layer.fanOut);
  }
  return [...produced].filter((symbol) => consumed.has(symbol) && !boundary.has(symbol));
}

/** Those inside the model come before those that its input or output has, and the names of numbers last. */
function candidatesAmong(
  model: ObservedModel,
  dimensions: Dimensions,
  { finite }: WidthDeclarations,
): readonly string[] {
  const interior = interiorSymbols(model, dimensions);
  const free = new Set(fans(dimensions).flatMap((fan) => [...freeSymbolsOf(fan)]));
  const both = [...dimensions.symbols].filter((symbol) => isMappedToItself(symbol, dimensions));
  const ranked = [...interior, ...both, ...free, ...dimensions.symbols];
  const open = ranked.filter((symbol) => !finite.some((name) => matches(symbol, name)));
  return [...new Set(open.map(({ name }) => name))];
}

function fans({ layers }: Dimensions): readonly Quantity[] {
  return layers.flatMap((layer) => [layer.fanIn, layer.fanOut]);
}

/** Whether some dimension is this symbol up to numbers: not only a factor of others, as an expansion ratio is. */
function standsAlone(symbol: WidthSymbol, dimensions: Dimensions): boolean {
  return fans(dimensions).some((fan) => {
    const symbols = freeSymbolsOf(fan);
    return symbols.size === 1 && symbols.has(symbol);
  });
}

/** Whether some layer takes this dimension, or a multiple, to itself, or a multiple. */
function isMappedToItself(symbol: WidthSymbol, { layers }: Dimensions): boolean {
  return layers.some((layer) => symbolsOf(layer.fanIn).has(symbol) && symbolsOf(layer.fanOut).has(symbol));
}

/** Whether a symbol only ever multiplies a width. */
function isRatio(symbol: WidthSymbol, widths: readonly WidthSymbol[], dimensions: Dimensions): boolean {
  const having = fans(dimensions).filter((fan) => symbolsOf(fan).has(symbol));
  return having.every((fan) => widths.some((width) => symbolsOf(fan).has(width)));
}

/** What callers pass for a width is a width too: surely if they all pass one and the same name. */
function addCallers(model: ObservedModel, growths: Map<WidthSymbol, Growth>): void {
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

/** The growth of any symbol: a width, what callers compute from widths, or a hyperparameter, which has none. */
function symbolGrowths(
  { calls }: ObservedModel,
  growths: ReadonlyMap<WidthSymbol, Growth>,
  { multipliers, finite, budget }: WidthDeclarations & { readonly budget: Budget },
): (symbol: WidthSymbol) => Growth {
  const names = new Set([...WIDTH_MULTIPLIER_NAMES, ...multipliers]);
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
    if (names.has(symbol.name)) return LINEAR;
    const quantities = passed.get(symbol);
    if (quantities === undefined || resolving.has(symbol)) return CONSTANT;
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
