import { DATA, isDataLength } from '../../growth/product.ts';
import { exactValue, freeSymbolsOf, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Contraction, Sum, Tensor } from '../../network/graph.ts';
import { parameterOf } from '../../network/layer.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { type ContractionSide, type SideDimension, sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import { madeOf } from '../forward/made-of.ts';
import { classesOf, type DimensionClasses } from './dimension-classes.ts';
import { tokenAxes } from './token-axes.ts';

/** What the forward pass of a model shows of the names in its parameters' dimensions. */
export interface Structure {
  /** Every length of a parameter's dimension that is not the data's. */
  readonly lengths: readonly Quantity[];
  /** Names of features that one parameter makes and another sums over, and that are neither the data's nor what the model gives. */
  readonly interior: ReadonlySet<WidthSymbol>;
  /** Names of features that some parameter makes, and of those that some parameter sums over. */
  readonly made: ReadonlySet<WidthSymbol>;
  readonly summed: ReadonlySet<WidthSymbol>;
  /** Names of features that parameters make and that features are multiplied with features over, as queries with keys. */
  readonly paired: ReadonlySet<WidthSymbol>;
  /** Names of what layers sum over, whether their use is followed or not. */
  readonly fanIns: ReadonlySet<WidthSymbol>;
  /** Names of what data, vocabulary, positions, kernels or outputs have. */
  readonly boundary: ReadonlySet<WidthSymbol>;
  /** Names of what tables have a row for each of: tokens, classes, positions. They are as many at every width. */
  readonly entries: ReadonlySet<WidthSymbol>;
  /**
   * Names of dimensions that come back to themselves: some parameter takes them to themselves or to multiples, or what
   * is made of them is added to them.
   */
  readonly loops: ReadonlySet<WidthSymbol>;
  /**
   * Whether it gives features of a dimension that it is given, whatever that is, and no optimizer trains it by itself, as an
   * autoencoder, or adds to what it is given, in blocks or at its end: it may be a part of a model, whose own features those are.
   */
  readonly isOpenEnded: boolean;
  /** The lengths of what longer dimensions are taken apart into, as into heads. */
  readonly splits: readonly Quantity[];
  /** Those that one dimension is taken apart into, together. */
  readonly splitTogether: readonly (readonly Quantity[])[];
  /** Names of dimensions that are put beside others into a longer one, with the name of that. */
  readonly widened: readonly (readonly [part: WidthSymbol, whole: WidthSymbol])[];
  /** Names of what a parameter has an entry each of that is taken by itself, as one for each block, or that is for tokens. */
  readonly counted: ReadonlySet<WidthSymbol>;
  /** Lengths that are one, where the code has several names for it. */
  readonly sameLengths: readonly (readonly Quantity[])[];
}

/** Reads the structure of a model, in which some names stand for numbers. */
export function structureOf(
  model: ObservedModel,
  pass: ForwardPass,
  numbers: ReadonlySet<WidthSymbol>,
): Structure {
  const classes = classesOf(pass);
  const found: Found = {
    made: new Set(),
    summed: new Set(),
    paired: new Set(),
    given: new Set(),
    stems: new Set(),
    boundary: new Set(),
    entries: new Set(),
    fanIns: new Set(),
    loops: new Set(),
    returning: new Set(),
    added: new Set(),
  };
  const asked = new Set<WidthSymbol>();
  const perhaps = new Set<WidthSymbol>();
  addUses({ pass, classes, isMadeOf: madeOf(pass), found });
  for (const output of pass.outputs) addOutput(output, { asked, perhaps });
  const givesFeaturesAlone = (symbol: WidthSymbol) =>
    pass.outputs.every(({ shape }) => (shape?.dims ?? []).some((length) => symbolsOf(length).has(symbol)));
  for (const symbol of asked) {
    if (!isOwn(symbol, found) || !givesFeaturesAlone(symbol)) found.boundary.add(symbol);
  }
  addParameters(model, found);
  for (const symbol of found.returning) found.loops.add(symbol);
  for (const symbol of perhaps) if (!found.summed.has(symbol)) found.boundary.add(symbol);
  for (const symbol of found.given) if (!isOptional(symbol, found)) found.boundary.add(symbol);
  const forced = fixedByNumbers(classes.sameLengths, numbers);
  for (const symbol of forced) found.boundary.add(symbol);
  return {
    lengths: model.parameters.flatMap(({ dims }) => dims ?? []).filter((length) => !isDataLength(length)),
    interior: new Set(
      [...found.made].filter(
        (symbol) =>
          found.summed.has(symbol) &&
          !found.boundary.has(symbol) &&
          (found.loops.has(symbol) || !perhaps.has(symbol)),
      ),
    ),
    made: found.made,
    summed: found.summed,
    paired: new Set(
      [...found.paired].filter((symbol) => found.made.has(symbol) && !found.boundary.has(symbol)),
    ),
    fanIns: found.fanIns,
    boundary: found.boundary,
    entries: found.entries,
    loops: found.loops,
    isOpenEnded:
      (!isTrained(model) && [...found.given].some((symbol) => asked.has(symbol))) ||
      [...found.loops].some((symbol) => found.boundary.has(symbol)) ||
      found.added.size > 0 ||
      pass.outputs.some(addsToGiven),
    splits: classes.splitTogether.flat(),
    splitTogether: classes.splitTogether,
    widened: pass.tensors.flatMap(widenedIn),
    counted: new Set([...pass.tensors.flatMap(countedIn), ...tokenAxes(model, pass, classes)]),
    sameLengths: classes.sameLengths,
  };
}

/** Whether an optimizer in sight has parameters of a model. */
function isTrained({ optimizers }: ObservedModel): boolean {
  return optimizers.some(({ steps }) =>
    steps.some(({ groups }) => groups.some(({ members }) => members.length > 0)),
  );
}

/** An adapter gives what it is given, or what the module that it is put around makes of that, and something more. */
function addsToGiven(output: Tensor): boolean {
  return output.op === 'add' && output.of.some(({ op }) => op === 'unread' || op === 'input');
}

/** The dimension of a parameter of which one entry is taken, or as many as the data has. */
function countedIn(tensor: Tensor): readonly WidthSymbol[] {
  if (tensor.op !== 'view' || tensor.part === null || parameterIn(tensor.of) === null) return [];
  const { dim } = tensor.part;
  const length = tensor.of.shape?.dims[dim];
  const after = tensor.from?.findIndex((places) => places.includes(dim)) ?? null;
  if (after === null || length === undefined) return [];
  const left = tensor.shape?.dims[after];
  const isCounted = left === undefined || left.op === 'unknown' || symbolsOf(left).has(DATA);
  return isCounted ? [...freeSymbolsOf(length)] : [];
}

function widenedIn(tensor: Tensor): readonly (readonly [WidthSymbol, WidthSymbol])[] {
  if (tensor.op !== 'view') return [];
  return (tensor.from ?? []).flatMap((places, at) => {
    const [place = -1, ...more] = places;
    const [length, whole] = [tensor.of.shape?.dims[place], tensor.shape?.dims[at]];
    if (length === undefined || whole === undefined || more.length > 0) return [];
    const names = [nameOf(length), nameOf(whole)] as const;
    return names[0] !== null && names[1] !== null && names[0] !== names[1]
      ? [[names[0], names[1]] as const]
      : [];
  });
}

const CONVOLUTIONS: ReadonlySet<string> = new Set(['convolution', 'transposed-convolution']);

interface Found {
  /** Made by a parameter, of what it sums over. */
  readonly made: Set<WidthSymbol>;
  readonly summed: Set<WidthSymbol>;
  readonly paired: Set<WidthSymbol>;
  /** Of features that the model is given. */
  readonly given: Set<WidthSymbol>;
  /** Made of features that have other names. */
  readonly stems: Set<WidthSymbol>;
  readonly boundary: Set<WidthSymbol>;
  readonly entries: Set<WidthSymbol>;
  readonly fanIns: Set<WidthSymbol>;
  readonly loops: Set<WidthSymbol>;
  /** Made of features of the same name. */
  readonly returning: Set<WidthSymbol>;
  /** Of features that are added to those that the model is given. */
  readonly added: Set<WidthSymbol>;
}

function addFree(to: Set<WidthSymbol>, ...lengths: readonly Quantity[]): void {
  for (const length of lengths) {
    for (const symbol of freeSymbolsOf(length)) if (symbol !== DATA) to.add(symbol);
  }
}

/** A residual sum: what blocks add to has one dimension, whatever they have inside. */
function addResidual({ of }: Sum, { pass, classes, isMadeOf, found: { loops, added } }: Sources): void {
  const terms = of.filter((term) => pass.isComputed(term));
  if (terms.length + of.filter((term) => parameterIn(term) !== null).length < of.length) {
    addFree(added, ...terms.flatMap((term) => term.shape?.dims.at(-1) ?? []));
  }
  // Two that are made apart, as a mean and its noise, are no residual sum.
  if (!terms.some((term) => terms.some((other) => other !== term && isMadeOf(other, unscaled(term))))) return;
  for (const term of terms) {
    const lengths = (term.shape?.dims ?? []).filter(
      ({ op }, place) => op !== 'either' && !classes.isSplit(term, place),
    );
    addFree(loops, ...lengths);
  }
}

/** What was multiplied by numbers, as a residual is that is weighed against its block. */
function unscaled(tensor: Tensor): Tensor {
  let one = tensor;
  while (one.op === 'scale') one = one.of;
  return one;
}

/** A parameter that is added along what the data brings along has an entry for each position. */
function addPositions({ of }: Sum, { classes, found: { boundary } }: Sources): void {
  for (const term of of) {
    const parameter = parameterIn(term);
    if (parameter === null) continue;
    const lengths = (term.shape?.dims ?? []).filter((_, place) => classes.isDatas(term, place));
    addFree(boundary, ...lengths);
  }
}

function addUses(sources: Sources): void {
  for (const tensor of sources.pass.tensors) {
    if (tensor.op === 'contract') addUse(tensor, sources);
    if (tensor.op === 'add') {
      addResidual(tensor, sources);
      addPositions(tensor, sources);
    }
  }
}

/** Whether features that a model is given are those that it makes itself where it is not given them: `inputs_embeds`. */
function isOptional(symbol: WidthSymbol, { stems, loops }: Found): boolean {
  return stems.has(symbol) && loops.has(symbol);
}

/**
 * Whether what a model gives are features that it makes of something else and adds to in its blocks, as an encoder
 * without a head: their dimension is no output's.
 */
function isOwn(symbol: WidthSymbol, { made, summed, given, stems, entries, loops }: Found): boolean {
  return (
    loops.has(symbol) &&
    stems.has(symbol) &&
    made.has(symbol) &&
    summed.has(symbol) &&
    !given.has(symbol) &&
    !entries.has(symbol)
  );
}

/** What parameters show by themselves. */
function addParameters({ parameters }: ObservedModel, found: Found): void {
  for (const { layer, which, dims } of parameters) {
    if (which === null) continue;
    addStatic(dims ?? [], parameterOf({ kind: 'parameter', layer, which })?.fanIn ?? null, found);
    if (CONVOLUTIONS.has(layer.family)) addFree(found.boundary, ...(dims ?? []).slice(2));
  }
}

interface Sources {
  readonly pass: ForwardPass;
  readonly classes: DimensionClasses;
  readonly found: Found;
  readonly isMadeOf: ReturnType<typeof madeOf>;
}

/** What the use of a parameter in a contraction shows of its dimensions. */
function addUse(tensor: Contraction, sources: Sources): void {
  const sides = sidesOf(tensor);
  if (!sides.some(({ dimensions }) => dimensions.some(({ isSummed }) => isSummed))) return;
  if (tensor.of.every((one) => sources.pass.isComputed(one))) addPaired(sides, sources);
  for (const side of sides) if (parameterIn(side.of) !== null) addSide(side, sources);
}

/** Whether a tensor is an embedding's table, which may be scaled: what it is turned to, as the readout of tied weights, has other first dimensions. */
function isOwnTable(tensor: Tensor): boolean {
  let one = tensor;
  while (one.op === 'scale' || one.op === 'norm') one = one.of;
  return one.op === 'weight' && one.layer.family === 'embedding';
}

/** What both of two features have that a product sums over, but for what the data brings along, as tokens. */
function addPaired(sides: readonly ContractionSide[], { classes, found: { paired } }: Sources): void {
  for (const { of, dimensions } of sides) {
    for (const { place, length, isSummed } of dimensions)
      if (isSummed && !classes.isDatas(of, place)) addFree(paired, length);
  }
}

function addSide(side: ContractionSide, { pass, classes, found }: Sources): void {
  const { of, other, dimensions } = side;
  const isTable = isOwnTable(of);
  const isGiven = !pass.isComputed(other) && parameterIn(other) === null;
  for (const { place, length } of dimensions.filter(({ isSummed }) => isSummed)) {
    const isEntries = isTable && place === ENTRIES;
    if (classes.isSplit(of, place) && !isEntries) continue;
    if (isEntries) addFree(found.entries, length);
    const isDatas = isEntries || classes.isDatas(of, place);
    addFree(isDatas ? found.boundary : isGiven ? found.given : found.summed, length);
  }
  addMade(dimensions, found);
}

/** The place of what a table has a row for each of: tokens, classes, positions. */
const ENTRIES = 0;

/** What a parameter makes, and whether of other features or of the same ones. */
function addMade(dimensions: readonly SideDimension[], { made, stems, returning }: Found): void {
  const into = new Set(dimensions.flatMap(({ isSummed, length }) => (isSummed ? surelyIn(length) : [])));
  for (const { length, isSummed, isShared } of dimensions) {
    if (isSummed || isShared) continue;
    addFree(made, length);
    const same = [...freeSymbolsOf(length)].filter((symbol) => into.has(symbol) && length.op !== 'either');
    if (same.length === 0) addFree(stems, length);
    for (const symbol of same) if (symbol !== DATA) returning.add(symbol);
  }
}

/**
 * What a model gives has the dimensions that are asked for; of what is not read or of unknown shape, it may be any that it
 * was made of, and of what a condition chooses, those of each.
 */
function addOutput(
  output: Tensor,
  { asked, perhaps }: Readonly<Record<'asked' | 'perhaps', Set<WidthSymbol>>>,
): void {
  const ahead = [output];
  const seen = new Set<Tensor>();
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    const dims = tensor.shape?.dims ?? [];
    const sure = tensor === output ? dims.filter(({ op }) => op !== 'either') : [];
    addFree(asked, ...sure);
    addFree(perhaps, ...dims.filter((length) => !sure.includes(length)));
    if (tensor.shape === null || tensor.op === 'unread' || tensor.op === 'choice')
      ahead.push(...operandsOf(tensor));
  }
}

function addStatic(
  dims: readonly Quantity[],
  fanIn: readonly number[] | null,
  { loops, fanIns }: Found,
): void {
  if (fanIn === null || fanIn.length === 0) return;
  addFree(fanIns, ...fanIn.map((place) => dims[place] ?? NOTHING));
  const into = new Set(fanIn.flatMap((place) => surelyIn(dims[place] ?? NOTHING)));
  for (const [place, length] of dims.entries()) {
    if (fanIn.includes(place)) continue;
    for (const symbol of surelyIn(length)) if (into.has(symbol)) loops.add(symbol);
  }
}

/** The names in a length, none of one that is one of several. */
function surelyIn(length: Quantity): readonly WidthSymbol[] {
  return length.op === 'either' ? [] : [...symbolsOf(length)];
}

const NOTHING: Quantity = { op: 'unknown' };

/** Names of lengths that have to be a number which the code spells out elsewhere. */
function fixedByNumbers(
  sameLengths: readonly (readonly Quantity[])[],
  numbers: ReadonlySet<WidthSymbol>,
): readonly WidthSymbol[] {
  return sameLengths.flatMap((lengths) => {
    const names = lengths.flatMap((length) => nameOf(length) ?? []);
    const isNumber = lengths.some((length) => length.op === 'literal' && exactValue(length) !== undefined);
    if (isNumber) return names;
    return names.some((name) => numbers.has(name)) ? names.filter((name) => !numbers.has(name)) : [];
  });
}

/** The name that a length is. */
export function nameOf(length: Quantity): WidthSymbol | null {
  return length.op === 'symbol' && length.value === null ? length.symbol : null;
}
