import { exactValue, freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { sidesOf } from '../forward/contraction-side.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';
import type { HeadScaling } from './declarations.ts';
import { activatedIn, weightSides } from './hidden-names.ts';
import { sharesIn } from './shares.ts';
import type { Structure } from './structure.ts';

/** Names beside the widths of which the structure shows how they go with them. */
export interface Companions {
  /** Those that grow as the widths do, as what a feed-forward block has inside. */
  readonly growing: ReadonlySet<WidthSymbol>;
  /** Those that stay, as one of a number of heads and their size. */
  readonly fixed: ReadonlySet<WidthSymbol>;
  /** Sizes of heads that are taken to grow though nothing says whether there are more heads instead, each with their number. */
  readonly open: ReadonlyMap<WidthSymbol, WidthSymbol>;
  /** Sizes of heads that stay, as there are more heads instead. */
  readonly ofOneSize: ReadonlySet<WidthSymbol>;
  /** Numbers and sizes of heads of which nobody says which of the two grow. */
  readonly undecided: Undecided;
}

/** Numbers of heads and their sizes, of which one or the other grow. */
export interface Undecided {
  readonly counts: ReadonlySet<WidthSymbol>;
  readonly sizes: ReadonlySet<WidthSymbol>;
}

/** What companions are found with. */
export interface CompanionSources {
  /** What somebody says of heads; absent where nobody does. */
  readonly headScaling: HeadScaling | undefined;
  readonly model: ObservedModel;
  readonly pass: ForwardPass;
  readonly structure: Structure;
  /** What layers sum over behind activations. */
  readonly hidden: ReadonlySet<WidthSymbol>;
  readonly widths: ReadonlySet<WidthSymbol>;
}

/** Finds what goes with the widths of a model. */
export function companionsOf(sources: CompanionSources): Companions {
  const { structure, widths } = sources;
  const presetOf = presetsOf(sources.model);
  const found: Found = {
    growing: new Set(innerNames(sources, presetOf)),
    fixed: new Set([...structure.counted].filter((symbol) => !widths.has(symbol))),
    open: new Map(),
    ofOneSize: new Set(),
    undecided: { counts: new Set(), sizes: new Set() },
  };
  const { headScaling } = sources;
  addHeads(headsIn(sources), { found, presetOf, lengths: structure.lengths, headScaling });
  for (const lengths of structure.splitTogether) addOthersOf(lengths, found, widths);
  return found;
}

interface Found {
  readonly growing: Set<WidthSymbol>;
  readonly fixed: Set<WidthSymbol>;
  readonly open: Map<WidthSymbol, WidthSymbol>;
  readonly ofOneSize: Set<WidthSymbol>;
  readonly undecided: { readonly counts: Set<WidthSymbol>; readonly sizes: Set<WidthSymbol> };
}

/**
 * Heads get more where it is said, or the code gives their size a number, else longer, which is open where nobody says it;
 * others of the same size go with them.
 */
function addHeads(
  heads: readonly Heads[],
  {
    found,
    presetOf,
    lengths,
    headScaling,
  }: Pick<CompanionSources, 'headScaling'> & {
    readonly found: Found;
    readonly presetOf: Preset;
    readonly lengths: readonly Quantity[];
  },
): void {
  const { growing, fixed, undecided } = found;
  for (const one of heads) {
    const areMore = headScaling ? headScaling === 'head-count' : presetOf(one.size) !== undefined;
    addGrowing(one, areMore, found);
    if (headScaling === undefined) addUndecided(one, areMore, found);
  }
  for (const { count, other } of otherCounts(heads, lengths)) {
    if (undecided.counts.has(other)) undecided.counts.add(count);
    if (fixed.has(count) || growing.has(count)) continue;
    if (fixed.has(other)) fixed.add(count);
    else if (isSamePreset(count, other, presetOf)) growing.add(count);
  }
}

function addGrowing({ count, size }: Heads, areMore: boolean, { growing, fixed, ofOneSize }: Found): void {
  growing.add(areMore ? count : size);
  fixed.add(areMore ? size : count);
  if (areMore) ofOneSize.add(size);
}

function addUndecided({ count, size }: Heads, areMore: boolean, { open, undecided }: Found): void {
  if (!areMore) open.set(size, count);
  undecided.sizes.add(size);
  undecided.counts.add(count);
}

function isSamePreset(one: WidthSymbol, other: WidthSymbol, presetOf: Preset): boolean {
  return presetOf(one) !== undefined && presetOf(one) === presetOf(other);
}

/** Of what one dimension is taken apart into, one part grows with it and the others stay. */
function addOthersOf(
  lengths: readonly Quantity[],
  { growing, fixed }: Found,
  widths: ReadonlySet<WidthSymbol>,
): void {
  const grows = (symbol: WidthSymbol) => widths.has(symbol) || growing.has(symbol);
  if (!lengths.some((length) => [...freeSymbolsOf(length)].some(grows))) return;
  for (const length of lengths) {
    const name = onlyNameIn(length);
    if (name !== null && !grows(name)) fixed.add(name);
  }
}

/** The number of a name; undefined where there is none. */
export type Preset = (symbol: WidthSymbol) => number | undefined;

/**
 * The number that a name stands for where the model is made, else the one that the code gives it: a field of what the
 * constructor is given as `config` that of the field of a configuration.
 */
export function presetsOf({ calls, presets, settingsGiven }: ObservedModel): Preset {
  const settings = [...settingsGiven.keys()];
  const numberOf = ({ name, owner }: WidthSymbol) => {
    const same = owner?.owner == null ? [] : settings.filter((setting) => setting.name === name);
    const numbers = new Set(same.map((setting) => presets.get(setting)));
    return numbers.size === 1 ? [...numbers][0] : undefined;
  };
  return (symbol) => {
    for (const call of calls) {
      const passed = call.get(symbol);
      const exact = passed && exactValue(passed);
      if (exact !== undefined) return toNumber(exact);
    }
    return presets.get(symbol) ?? numberOf(symbol);
  };
}

/**
 * What blocks have between two of their layers, behind an activation, where the code does not make it smaller than the
 * width: what is made smaller is a bottleneck, which may stay as it is.
 */
function innerNames(
  { pass, structure, hidden, widths }: CompanionSources,
  presetOf: Preset,
): readonly WidthSymbol[] {
  const activated = activatedIn(pass);
  const multiplies = (name: WidthSymbol) =>
    structure.lengths.some((length) => {
      const names = freeSymbolsOf(length);
      return names.has(name) && [...names].some((one) => widths.has(one));
    });
  const least = Math.min(...[...widths].flatMap((width) => presetOf(width) ?? []));
  return weightSides(pass).flatMap(({ other, dimensions }) => {
    if (!activated.has(other)) return [];
    return dimensions.flatMap(({ length, isSummed }) => {
      const name = isSummed ? onlyNameIn(length) : null;
      if (
        name === null ||
        !hidden.has(name) ||
        widths.has(name) ||
        !structure.interior.has(name) ||
        multiplies(name)
      )
        return [];
      const preset = presetOf(name);
      return preset === undefined || preset >= least ? [name] : [];
    });
  });
}

/** A number of heads and how long each is: two names for one dimension that parameters make and sum over. */
interface Heads {
  readonly count: WidthSymbol;
  readonly size: WidthSymbol;
}

/** Numbers of heads of a size that has a name: they are no widths by themselves, also where something is mixed over heads. */
export function headCounts(pass: ForwardPass, structure: Structure): ReadonlySet<WidthSymbol> {
  return new Set(headsIn({ pass, structure, widths: new Set() }).map(({ count }) => count));
}

function headsIn({
  pass,
  structure,
  widths,
}: Pick<CompanionSources, 'pass' | 'structure' | 'widths'>): readonly Heads[] {
  const sizes = new Set(matchedLengths(pass).flatMap((length) => onlyNameIn(length) ?? []));
  const summed = weightSides(pass).flatMap(({ dimensions }) =>
    dimensions.flatMap(({ length, isSummed }) => (isSummed ? [length] : [])),
  );
  return summed.flatMap((length): readonly Heads[] => {
    const names = [...freeSymbolsOf(length)];
    const [size, ...others] = names.filter((name) => sizes.has(name));
    const count = names.find((name) => name !== size);
    if (size === undefined || count === undefined || others.length > 0 || names.length > 2) return [];
    // `n / size` is the number of heads, and not `n`.
    if (sharesIn([length]).counts.has(size)) return [];
    return names.some((name) => widths.has(name) || structure.boundary.has(name)) ? [] : [{ count, size }];
  });
}

/** How long features are that are multiplied with features, as queries are with keys. */
export function matchedLengths(pass: ForwardPass): readonly Quantity[] {
  return pass.tensors.flatMap((tensor) =>
    isBetweenFeatures(tensor, pass)
      ? sidesOf(tensor).flatMap(({ dimensions }) =>
          dimensions.flatMap(({ length, isSummed }) => (isSummed ? [length] : [])),
        )
      : [],
  );
}

/** Whether a tensor is a product of features with features, as queries are with keys. */
function isBetweenFeatures(
  tensor: Tensor,
  { isComputed }: ForwardPass,
): tensor is Extract<Tensor, { op: 'contract' }> {
  return tensor.op === 'contract' && tensor.of.every((one) => isComputed(one));
}

/** Other numbers of heads of the same size, as keys and values may have fewer than queries. */
function otherCounts(
  heads: readonly Heads[],
  lengths: readonly Quantity[],
): readonly { readonly count: WidthSymbol; readonly other: WidthSymbol }[] {
  return lengths.flatMap((length) => {
    const names = [...freeSymbolsOf(length)];
    const found = heads.find(({ size }) => names.includes(size));
    const count = names.find((name) => name !== found?.size);
    if (found === undefined || count === undefined || names.length !== 2) return [];
    return [{ count, other: found.count }];
  });
}

/** The only name in a length, whatever numbers are beside it. */
function onlyNameIn(length: Quantity): WidthSymbol | null {
  const [name = null, ...more] = freeSymbolsOf(length);
  return more.length === 0 ? name : null;
}
