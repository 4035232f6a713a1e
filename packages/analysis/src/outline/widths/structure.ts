import { DATA, isDataLength } from '../../growth/product.ts';
import { exactValue, freeSymbolsOf, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import { madeOf } from '../forward/made-of.ts';
import { carriedStates } from './carried-states.ts';
import { dataPieces } from './data-pieces.ts';
import { classesOf } from './dimension-classes.ts';
import { addFree, addParameters, addUses, type DimensionNames, nameOf, noNames } from './dimension-names.ts';
import { notBetweenBlocks } from './part-features.ts';
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
  /**
   * Names of features that parameters make and that features are multiplied with features over, as queries with keys, or that
   * parameters sum over in every part of a longer dimension.
   */
  readonly paired: ReadonlySet<WidthSymbol>;
  /** Names of what layers sum over, whether their use is followed or not. */
  readonly fanIns: ReadonlySet<WidthSymbol>;
  /** Names of what data, vocabulary, positions, kernels or outputs have. */
  readonly boundary: ReadonlySet<WidthSymbol>;
  /**
   * Names of features that a part which is not read may have made, and of nothing that the model is given or gives; none
   * where such a part may go on with what is made of them, whose width that may have.
   */
  readonly madeElsewhere: ReadonlySet<WidthSymbol>;
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
  /** Names of features that it is given, or that are added to those. */
  readonly givenFeatures: ReadonlySet<WidthSymbol>;
  /**
   * Names of features that it is given and gives and that come back to themselves: of a part of a model, what its blocks
   * have between them.
   */
  readonly throughout: ReadonlySet<WidthSymbol>;
  /** The lengths of what longer dimensions are taken apart into, as into heads. */
  readonly splits: readonly Quantity[];
  /** Those that one dimension is taken apart into, together. */
  readonly splitTogether: readonly (readonly Quantity[])[];
  /** Names of dimensions that are put beside others into a longer one, with the name of that. */
  readonly widened: readonly (readonly [part: WidthSymbol, whole: WidthSymbol])[];
  /** Names of what a parameter has an entry each of that is taken by itself, as one for each block, or that is for tokens. */
  readonly counted: ReadonlySet<WidthSymbol>;
  /** Names of what dimensions of the data are taken apart into, as windows; they are among those counted. */
  readonly pieces: ReadonlySet<WidthSymbol>;
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
  const found = noNames();
  const asked = new Set<WidthSymbol>();
  const perhaps = new Set<WidthSymbol>();
  addUses({ pass, classes, isMadeOf: madeOf(pass), found });
  for (const output of pass.outputs) addOutput(output, { asked, perhaps });
  takeCarried(carriedStates(pass), found, [asked, perhaps]);
  const givenAlone = [...found.given];
  for (const symbol of found.madeElsewhere) found.given.add(symbol);
  boundByOutputs(asked, found, pass);
  addParameters(model, found);
  for (const symbol of found.returning) found.loops.add(symbol);
  for (const symbol of perhaps) if (!found.summed.has(symbol)) found.boundary.add(symbol);
  for (const symbol of givenAlone) if (!isOptional(symbol, found)) found.boundary.add(symbol);
  const forced = fixedByNumbers(classes.sameLengths, numbers);
  for (const symbol of forced) found.boundary.add(symbol);
  const pieces = dataPieces(pass);
  const lengths = model.parameters
    .flatMap(({ dims }) => dims ?? [])
    .filter((length) => !isDataLength(length));
  const isOther = notBetweenBlocks(pass, lengths);
  const isFixed = (symbol: WidthSymbol) =>
    found.positions.has(symbol) || found.entries.has(symbol) || forced.includes(symbol) || isOther(symbol);
  // What computes its loss by itself is no part.
  const hasLoss = pass.tensors.some(({ op }) => op === 'loss');
  const counted = new Set([
    ...pass.tensors.flatMap(countedIn),
    ...tokenAxes(model, pass, classes),
    ...pieces,
  ]);
  const isFeatures = (symbol: WidthSymbol) => !counted.has(symbol) && !found.positions.has(symbol);
  return {
    lengths,
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
      [...found.paired, ...found.summedInParts].filter(
        (symbol) => found.made.has(symbol) && !found.boundary.has(symbol),
      ),
    ),
    fanIns: found.fanIns,
    boundary: found.boundary,
    entries: found.entries,
    madeElsewhere: pass.tensors.some((tensor) => tensor.op === 'unread' && !pass.isData(tensor))
      ? new Set()
      : without(found.madeElsewhere, [found.boundary, found.entries, found.positions]),
    loops: found.loops,
    isOpenEnded:
      (!isTrained(model) && [...found.given].some((symbol) => asked.has(symbol))) ||
      [...found.loops].some((symbol) => found.boundary.has(symbol) && isFeatures(symbol)) ||
      found.added.size > 0 ||
      pass.outputs.some((output) => addsToGiven(output, pass)),
    givenFeatures: new Set([...found.given, ...found.added]),
    throughout: new Set(
      [...found.loops].filter(
        (symbol) =>
          !hasLoss &&
          found.made.has(symbol) &&
          (found.given.has(symbol) || found.added.has(symbol)) &&
          (asked.has(symbol) || perhaps.has(symbol)) &&
          !isFixed(symbol),
      ),
    ),
    splits: classes.splitTogether.flat(),
    splitTogether: classes.splitTogether,
    widened: pass.tensors.flatMap(widenedIn),
    counted,
    pieces,
    sameLengths: classes.sameLengths,
  };
}

/** What a model gives has the dimensions of its task, unless they are its own features alone. */
function boundByOutputs(
  asked: ReadonlySet<WidthSymbol>,
  found: DimensionNames,
  { outputs }: ForwardPass,
): void {
  const givesFeaturesAlone = (symbol: WidthSymbol) =>
    outputs.every(({ shape }) => (shape?.dims ?? []).some((length) => symbolsOf(length).has(symbol)));
  for (const symbol of asked) {
    if (!isOwn(symbol, found) || !givesFeaturesAlone(symbol)) found.boundary.add(symbol);
  }
}

function without(
  symbols: ReadonlySet<WidthSymbol>,
  others: readonly ReadonlySet<WidthSymbol>[],
): ReadonlySet<WidthSymbol> {
  return new Set([...symbols].filter((symbol) => !others.some((one) => one.has(symbol))));
}

/** What a state is that comes back from outside: features of the model's own, and none that it is given or gives. */
function takeCarried(
  carried: ReadonlySet<WidthSymbol>,
  { entries, positions, given, boundary, summed }: DimensionNames,
  asked: readonly Set<WidthSymbol>[],
): void {
  for (const symbol of carried) {
    if (entries.has(symbol) || positions.has(symbol)) continue;
    for (const outside of [...asked, given, boundary]) outside.delete(symbol);
    summed.add(symbol);
  }
}

/** Whether an optimizer in sight has parameters of a model. */
function isTrained({ optimizers }: ObservedModel): boolean {
  return optimizers.some(({ steps }) =>
    steps.some(({ groups }) => groups.some(({ members }) => members.length > 0)),
  );
}

/**
 * An adapter gives what it is given, or what the module that it is put around makes of that, and something more. What is
 * not read of its own features, as a logarithm in a loss, is neither.
 */
function addsToGiven(output: Tensor, { isComputed }: ForwardPass): boolean {
  const isOfGiven = (one: Tensor) => one.op === 'input' || (one.op === 'unread' && !isComputed(one));
  return output.op === 'add' && output.of.some(isOfGiven);
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

/** Whether features that a model is given are those that it makes itself where it is not given them: `inputs_embeds`. */
function isOptional(symbol: WidthSymbol, { stems, loops }: DimensionNames): boolean {
  return stems.has(symbol) && loops.has(symbol);
}

/**
 * Whether what a model gives are features that it makes of something else and adds to in its blocks, as an encoder
 * without a head: their dimension is no output's.
 */
function isOwn(symbol: WidthSymbol, { made, summed, given, stems, entries, loops }: DimensionNames): boolean {
  return (
    loops.has(symbol) &&
    stems.has(symbol) &&
    made.has(symbol) &&
    summed.has(symbol) &&
    !given.has(symbol) &&
    !entries.has(symbol)
  );
}

/**
 * What a model gives has the dimensions that are asked for; of what is not read or of unknown shape, it may be any that it
 * was made of, of what a condition chooses, those of each, and of what something else is made of a loss, those that the loss
 * was computed of.
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
    if (tensor.shape === null || tensor.op === 'unread' || tensor.op === 'choice' || tensor.op === 'loss')
      ahead.push(...operandsOf(tensor));
  }
}

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
