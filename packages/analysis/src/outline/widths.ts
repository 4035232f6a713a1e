import { Budget } from '../budget.ts';
import type { Growth } from '../growth/growth.ts';
import { growthOf, isConstant } from '../growth/growth-of.ts';
import { freeSymbolsOf, type Quantity, sizeOf, symbolsOf } from '../growth/quantity.ts';
import { compare, ZERO } from '../growth/rational.ts';
import { isLengthName, isRoundName, type WidthSymbol } from '../growth/symbol.ts';
import type { ObservedModel } from '../observe/observed-model.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import { addAmbiguous, countsAlone } from './widths/ambiguous-names.ts';
import {
  type CompanionSources,
  type Companions,
  companionsOf,
  headCounts,
  matchedLengths,
  presetsOf,
} from './widths/companions.ts';
import { isDividedByData } from './widths/data-divisors.ts';
import { matches, type WidthDeclarations } from './widths/declarations.ts';
import { nameOf } from './widths/dimension-names.ts';
import { type BaseNumbers, numbersGiven } from './widths/given-numbers.ts';
import { AMBIGUOUS, addCallers, LINEAR } from './widths/given-widths.ts';
import { namesBehindActivations } from './widths/hidden-names.ts';
import { mayBeMade } from './widths/may-be-made.ts';
import { type MayBeWidths, mayBeWidths } from './widths/may-be-widths.ts';
import { isMultipliedOut } from './widths/multiplied-sizes.ts';
import { ratiosOfNumbers } from './widths/ratios-of-numbers.ts';
import { sharesIn } from './widths/shares.ts';
import { numberedWidths, structuralWidths, type Tells } from './widths/structural-widths.ts';
import { type Structure, structureOf } from './widths/structure.ts';
import { growthsIn, SMALL } from './widths/symbol-growths.ts';
import { candidatesAmong } from './widths/width-candidates.ts';

/** Which names of a model grow with width n, and how. */
export interface Widths {
  /** The widths, as the code names them. */
  readonly names: readonly string[];
  /** The names of sizes that could be declared a width, the likeliest first; empty where there is one. */
  readonly candidates: readonly string[];
  /** Names of which each may be the width, where none is declared or shown. */
  readonly mayBe: MayBeWidths;
  /** Whether it may be a part of a model, whose width is then that of the whole. */
  readonly isPart: boolean;
  /** The names of which any is supposed to be the width, where none is declared or shown. */
  readonly supposed: readonly string[];
  /** How the evidence was found: said in assumptions. */
  readonly declared: boolean;
  /** Names that are declared widths and that no size of a layer has. */
  readonly unfound: readonly string[];
  /** Whether they are numbers that the code writes, which nobody can scale without writing others. */
  readonly areNumbers: boolean;
  /** Names that stand for numbers of the code. */
  readonly numbers: ReadonlySet<WidthSymbol>;
  /** The lengths of what dimensions are taken apart into: of heads × head_dim one grows with the width. */
  readonly splits: readonly Quantity[];
  /** Sizes of heads that are taken to grow, where it may be their number instead, which is beside each. */
  readonly openHeads: ReadonlyMap<WidthSymbol, WidthSymbol>;
  isWidth(symbol: WidthSymbol): boolean;
  /** Whether it is said of a name that it stays as it is. */
  staysAsItIs(symbol: WidthSymbol): boolean;
  /** Whether a length is a number of heads or their size, of which nobody says which of the two grows. */
  isOfHeads(length: Quantity): boolean;
  growthOf(quantity: Quantity): Growth;
  /** The numbers that the code gives a name where it makes a model or its configuration, or the one that its author says. */
  given(symbol: WidthSymbol): BaseNumbers;
}

/** What widths are found in. */
export interface WidthSources {
  readonly model: ObservedModel;
  readonly pass: ForwardPass;
  readonly declarations: WidthDeclarations;
  /** Names that stand for numbers of the code. */
  readonly numbers: ReadonlySet<WidthSymbol>;
  readonly supposed?: Supposed;
}

/** Which name is supposed to be the width of a model that shows none, and those that it might be as well. */
export interface Supposed {
  readonly width: WidthSymbol;
  readonly instead: readonly WidthSymbol[];
}

/**
 * Finds the widths of a model: declared ones, else those in which base and delta differ, else those that its structure
 * shows.
 *
 * A dimension is interior when one parameter makes it, another sums over it, and it is neither the data's nor what
 * the model gives. A single interior name is the width; among several only those that some parameter takes to
 * themselves are. Of the other names of a parameter's dimensions it is not known whether they grow.
 */
export function findWidths(
  { model, pass, declarations, numbers, supposed }: WidthSources,
  budget: Budget = new Budget(),
): Widths {
  const structure = structureOf(model, pass, numbers);
  const { lengths } = structure;
  const symbols = new Set(lengths.flatMap((length) => [...symbolsOf(length)]));
  budget.spend(symbols.size * (lengths.length + declarations.widths.length));
  const isDeclaredFinite = (symbol: WidthSymbol) =>
    isLengthName(symbol) || isRoundName(symbol) || declarations.finite.some((name) => matches(symbol, name));
  const declared = [...symbols].filter(
    (symbol) => declarations.widths.some((name) => matches(symbol, name)) && !isDeclaredFinite(symbol),
  );
  const shown = [...model.baseVaries].filter((symbol) => symbols.has(symbol) && !isDeclaredFinite(symbol));
  const counts = headCounts(pass, structure);
  const hidden = namesBehindActivations(pass);
  const shares = sharesIn(lengths);
  const ratios = ratiosOfNumbers(lengths, numbers);
  const presetOf = presetsOf(model);
  const isInWhole = (symbol: WidthSymbol) =>
    declarations.inWhole?.some((name) => matches(symbol, name)) === true && !isDeclaredFinite(symbol);
  const named =
    shown.length > 0
      ? shown
      : structuralWidths(structure, {
          shares,
          isExcluded: (one) =>
            isDeclaredFinite(one) ||
            numbers.has(one) ||
            counts.has(one) ||
            ratios.has(one) ||
            structure.pieces.has(one),
          isHidden: (one) => hidden.has(one),
          presetOf,
        });
  const ofWhole = [...symbols].filter((symbol) => isInWhole(symbol) && !named.includes(symbol));
  const evident =
    named.length + ofWhole.length > 0 ? [...named, ...ofWhole] : numberedWidths(structure, numbers);
  const found = firstOf(supposed ? [supposed.width] : declared, evident);
  const tied = withTied(found, structure);
  const { growing, fixed, open, ofOneSize, undecided } =
    shown.length > 0
      ? NO_COMPANIONS
      : companionsIn(
          { model, pass, structure, hidden, widths: tied, headScaling: declarations.headScaling },
          (one) => isDeclaredFinite(one) || numbers.has(one) || shares.parts.has(one),
        );
  const growths = new Map<WidthSymbol, Growth>();
  for (const symbol of withTied([...tied, ...growing], structure)) growths.set(symbol, LINEAR);
  const areNumbers = found.length > 0 && found.every((symbol) => numbers.has(symbol));
  const isFixed = (symbol: WidthSymbol) =>
    isDeclaredFinite(symbol) ||
    fixed.has(symbol) ||
    (!areNumbers && numbers.has(symbol) && !structure.interior.has(symbol));
  const isGiven = givenIn(structure, mayBeMade(model, pass));
  const isCounted = (symbol: WidthSymbol) => model.depths.has(symbol) && countsAlone(symbol, structure);
  if (found.length > 0)
    addAmbiguous(
      growths,
      structure,
      (symbol) =>
        isFixed(symbol) ||
        isGiven(symbol) ||
        structure.counted.has(symbol) ||
        (!areNumbers && isCounted(symbol)),
    );
  const heads = headsIn(
    // Heads that are layers of their own are as many as there are of those: more heads are more layers.
    declarations.headScaling === 'head-dim'
      ? [...structure.splits, ...matchedLengths(pass)]
      : structure.splits,
    (symbol) =>
      growths.has(symbol) || ofOneSize.has(symbol) || isDeclaredFinite(symbol) || numbers.has(symbol),
  );
  if (declarations.headScaling === 'head-count') for (const symbol of heads) growths.set(symbol, LINEAR);
  addCallers({ model, pass, growths });
  const staying = new Set(supposed?.instead.filter((symbol) => !tied.has(symbol)));
  const known = growthsIn({ model, structure, widths: growths, heads, staying }, { ...declarations, budget });
  // The same lengths and factors are asked for on every way through the conditions of the model.
  const asked = new Map<Quantity, Growth>();
  const isOneOfSizes = model.unseen.configuredBy !== null;
  // What it is given may have as many features as it is wide, so that a length of that may be the width.
  const isGivenWidth = [...structure.givenFeatures].some((symbol) => growths.has(symbol));
  return {
    names: [...new Set([...found, ...growing].map(({ name }) => name))],
    candidates:
      found.length > 0
        ? []
        : candidatesAmong(
            structure,
            (one) =>
              isDeclaredFinite(one) ||
              numbers.has(one) ||
              model.varying.has(one) ||
              structure.counted.has(one),
          ),
    mayBe: mayBeWidths(structure, {
      found,
      isExcluded: (one) =>
        isDeclaredFinite(one) || numbers.has(one) || ratios.has(one) || structure.pieces.has(one),
      isCount: (one) => counts.has(one) || shares.counts.has(one) || shares.parts.has(one),
      presetOf,
    }),
    isPart: structure.isOpenEnded,
    supposed: [...new Set(supposed?.instead.map(({ name }) => name))],
    declared: declared.length > 0,
    unfound: declarations.widths.filter((name) => ![...symbols].some((symbol) => matches(symbol, name))),
    areNumbers,
    numbers,
    splits: structure.splits,
    openHeads: new Map(
      [...open].filter(([size, count]) => !isDeclaredFinite(size) && !isDeclaredFinite(count)),
    ),
    staysAsItIs: (symbol) =>
      isDeclaredFinite(symbol) || (declarations.headScaling === 'head-dim' && heads.has(symbol)),
    isWidth: (symbol) => compare(known.ofSymbol(symbol, null).high, ZERO) > 0,
    isOfHeads: (length) => {
      const names = [...freeSymbolsOf(length)].filter((one) => !isDeclaredFinite(one));
      const [isCount, isSize] = [undecided.counts, undecided.sizes].map((heads) =>
        names.some((one) => heads.has(one)),
      );
      return isCount !== isSize && !names.some((one) => tied.has(one));
    },
    given: (symbol) =>
      declarations.baseWidth !== undefined && tied.has(symbol)
        ? { numbers: [declarations.baseWidth], isSaid: true }
        : { numbers: numbersGiven(symbol, model), isSaid: false },
    growthOf: (quantity) => {
      const before = asked.get(quantity);
      if (before !== undefined) return before;
      budget.spend(1 + (sizeOf(quantity) / SMALL) ** 2);
      const proven = growthOf(quantity, known);
      const isOpen =
        isConstant(proven) &&
        ((isOneOfSizes && isMultipliedOut(quantity, numbers)) || (isGivenWidth && isDividedByData(quantity)));
      const growth = isOpen ? AMBIGUOUS : proven;
      asked.set(quantity, growth);
      return growth;
    },
  };
}

/** Some names, or others where there are none. */
function firstOf(some: readonly WidthSymbol[], others: readonly WidthSymbol[]): readonly WidthSymbol[] {
  return some.length > 0 ? some : others;
}

const NO_COMPANIONS: Companions = {
  growing: new Set(),
  fixed: new Set(),
  open: new Map(),
  ofOneSize: new Set(),
  undecided: { counts: new Set(), sizes: new Set() },
};

/** What goes with the widths, but for what is declared; nothing where there is no width. */
function companionsIn(sources: CompanionSources, isDeclaredFinite: Tells): Companions {
  if (sources.widths.size === 0) return NO_COMPANIONS;
  const { growing, ...others } = companionsOf(sources);
  return { growing: new Set([...growing].filter((symbol) => !isDeclaredFinite(symbol))), ...others };
}

/**
 * Widths with the other names that the code has for the same dimensions. On a way that no model takes, a vocabulary may
 * be one.
 */
function withTied(
  widths: readonly WidthSymbol[],
  { sameLengths, entries }: Structure,
): ReadonlySet<WidthSymbol> {
  const all = new Set(widths);
  for (let before = -1; before < all.size; ) {
    before = all.size;
    for (const lengths of sameLengths) {
      const names = lengths.flatMap((length) => nameOf(length) ?? []).filter((name) => !entries.has(name));
      if (names.some((name) => all.has(name))) for (const name of names) all.add(name);
    }
  }
  return all;
}

/** What the model is given or gives, as far as that is no part of it whose making is not followed. */
function givenIn({ boundary, entries }: Structure, unsure: ReadonlySet<WidthSymbol>): Tells {
  return (symbol) => boundary.has(symbol) && (entries.has(symbol) || !unsure.has(symbol));
}

/**
 * The names that divide a width where a dimension is taken apart into it, as `n_embd` into `n_head` and `n_embd / n_head`, or
 * where queries and keys of each head are as long.
 */
function headsIn(lengths: readonly Quantity[], isKnown: Tells): ReadonlySet<WidthSymbol> {
  const free = lengths.flatMap((length) => [...freeSymbolsOf(length)]);
  return new Set(free.filter((symbol) => !isKnown(symbol)));
}
