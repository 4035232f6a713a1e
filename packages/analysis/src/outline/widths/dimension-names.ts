import { DATA } from '../../growth/product.ts';
import { freeSymbolsOf, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Contraction, Sum, Tensor, WeightTensor } from '../../network/graph.ts';
import { parameterOf } from '../../network/layer.ts';
import { mayBeFeatures } from '../../network/made-elsewhere.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { type ContractionSide, type SideDimension, sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import type { madeOf } from '../forward/made-of.ts';
import { type DimensionClasses, isGiven } from './dimension-classes.ts';
import { isShapeless } from './may-be-made.ts';

/** Names of the dimensions of parameters, by what those and their uses show of them. */
export interface DimensionNames {
  /** Made by a parameter, of what it sums over. */
  readonly made: Set<WidthSymbol>;
  readonly summed: Set<WidthSymbol>;
  /** Of a part of what a parameter makes that another sums over, as over what every head has. */
  readonly summedInParts: Set<WidthSymbol>;
  readonly paired: Set<WidthSymbol>;
  /** Of features that the model is given. */
  readonly given: Set<WidthSymbol>;
  /** Of features that a part which is not read may have made of those. */
  readonly madeElsewhere: Set<WidthSymbol>;
  /** Made of features that have other names. */
  readonly stems: Set<WidthSymbol>;
  readonly boundary: Set<WidthSymbol>;
  readonly entries: Set<WidthSymbol>;
  /** Of what is added along what the data brings along. */
  readonly positions: Set<WidthSymbol>;
  readonly fanIns: Set<WidthSymbol>;
  readonly loops: Set<WidthSymbol>;
  /** Made of features of the same name. */
  readonly returning: Set<WidthSymbol>;
  /** Of features that are added to those that the model is given. */
  readonly added: Set<WidthSymbol>;
}

/** Those of a model without parameters, to be added to. */
export function noNames(): DimensionNames {
  return {
    made: new Set(),
    summed: new Set(),
    summedInParts: new Set(),
    paired: new Set(),
    given: new Set(),
    madeElsewhere: new Set(),
    stems: new Set(),
    boundary: new Set(),
    entries: new Set(),
    positions: new Set(),
    fanIns: new Set(),
    loops: new Set(),
    returning: new Set(),
    added: new Set(),
  };
}

interface Sources {
  readonly pass: ForwardPass;
  readonly classes: DimensionClasses;
  readonly found: DimensionNames;
  readonly isMadeOf: ReturnType<typeof madeOf>;
}

/** Adds what the uses of parameters show, and sums of what they make. */
export function addUses(sources: Sources): void {
  for (const tensor of sources.pass.tensors) {
    if (tensor.op === 'contract') addUse(tensor, sources);
    if (tensor.op === 'add') {
      addResidual(tensor, sources);
      addPositions(tensor, sources);
    }
  }
}

/** Adds what parameters show by themselves. */
export function addParameters({ parameters }: ObservedModel, found: DimensionNames): void {
  for (const { layer, which, dims } of parameters) {
    if (which === null) continue;
    addStatic(dims ?? [], parameterOf({ kind: 'parameter', layer, which })?.fanIn ?? null, found);
    if (CONVOLUTIONS.has(layer.family)) addFree(found.boundary, ...(dims ?? []).slice(2));
  }
}

const CONVOLUTIONS: ReadonlySet<string> = new Set(['convolution', 'transposed-convolution']);

/** Adds the names in lengths but for the data's. */
export function addFree(to: Set<WidthSymbol>, ...lengths: readonly Quantity[]): void {
  for (const length of lengths) {
    for (const symbol of freeSymbolsOf(length)) if (symbol !== DATA) to.add(symbol);
  }
}

/** A residual sum: what blocks add to has one dimension, whatever they have inside. */
function addResidual({ of }: Sum, { pass, classes, isMadeOf, found: { loops, added } }: Sources): void {
  const terms = of.filter((term) => pass.isComputed(term));
  const others = of.filter((term) => !pass.isComputed(term) && parameterIn(term) === null);
  if (others.some(isOfGiven)) {
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

/** Whether data is made of what the model is given, or may be: of numbers and noise of its own, as positions are, it is not. */
function isOfGiven(data: Tensor): boolean {
  const seen = new Set<Tensor>();
  const ahead = [data];
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    const of = operandsOf(tensor);
    if (tensor.op === 'input' ? isGiven(tensor) || isShapeless(tensor) : of.length === 0) return true;
    ahead.push(...of);
  }
  return false;
}

/** What was multiplied by numbers, as a residual is that is weighed against its block. */
function unscaled(tensor: Tensor): Tensor {
  let one = tensor;
  while (one.op === 'scale') one = one.of;
  return one;
}

/** A parameter that is added along what the data brings along has an entry for each position. */
function addPositions({ of }: Sum, { classes, found: { boundary, positions } }: Sources): void {
  for (const term of of) {
    const parameter = parameterIn(term);
    if (parameter === null) continue;
    const lengths = (term.shape?.dims ?? []).filter((_, place) => classes.isDatas(term, place));
    addFree(boundary, ...lengths);
    addFree(positions, ...lengths);
  }
}

/** What the use of a parameter in a contraction shows of its dimensions. */
function addUse(tensor: Contraction, sources: Sources): void {
  const sides = sidesOf(tensor);
  if (!sides.some(({ dimensions }) => dimensions.some(({ isSummed }) => isSummed))) return;
  if (tensor.of.every((one) => sources.pass.isComputed(one))) addPaired(sides, sources);
  for (const side of sides) {
    const parameter = parameterIn(side.of);
    if (parameter !== null && !isOwnSum(side, parameter, tensor)) addSide(side, sources);
  }
}

/**
 * Whether the entries of a parameter are summed by themselves, all of them or those of a layer's matrix, as a penalty or what
 * standardizes weights does: that is none of the uses that show what its dimensions are.
 */
function isOwnSum(
  { of, other, dimensions }: ContractionSide,
  { layer }: WeightTensor,
  { span }: Contraction,
): boolean {
  if (other.op !== 'input' || other.span === null || other.span !== span) return false;
  const isOfLayer = layer.family !== 'parameter' && !isOwnTable(of);
  return isOfLayer || dimensions.every(({ isSummed }) => isSummed);
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

function addSide(side: ContractionSide, sources: Sources): void {
  const { of, dimensions } = side;
  for (const { place, length } of dimensions.filter(({ isSummed }) => isSummed)) {
    if (isOwnTable(of) && place === ENTRIES) addFree(sources.found.entries, length);
    const to = summedOver(side, place, sources);
    if (to !== null) addFree(to, length);
  }
  addMade(dimensions, sources.found);
}

/** Where the name of what a parameter sums over belongs; a part of what the model is given shows nothing. */
function summedOver(
  { of, other }: ContractionSide,
  place: number,
  { pass, classes, found }: Sources,
): Set<WidthSymbol> | null {
  const isGiven = !pass.isComputed(other) && parameterIn(other) === null;
  if (isOwnTable(of) && place === ENTRIES) return found.boundary;
  if (classes.isSplit(of, place)) return isGiven ? null : found.summedInParts;
  if (classes.isDatas(of, place)) return found.boundary;
  if (!isGiven) return found.summed;
  return mayBeFeatures(other) ? found.madeElsewhere : found.given;
}

/** The place of what a table has a row for each of: tokens, classes, positions. */
const ENTRIES = 0;

/** What a parameter makes, and whether of other features or of the same ones. */
function addMade(dimensions: readonly SideDimension[], { made, stems, returning }: DimensionNames): void {
  const into = new Set(dimensions.flatMap(({ isSummed, length }) => (isSummed ? surelyIn(length) : [])));
  for (const { length, isSummed, isShared } of dimensions) {
    if (isSummed || isShared) continue;
    addFree(made, length);
    const same = [...freeSymbolsOf(length)].filter((symbol) => into.has(symbol) && length.op !== 'either');
    if (same.length === 0) addFree(stems, length);
    for (const symbol of same) if (symbol !== DATA) returning.add(symbol);
  }
}

function addStatic(
  dims: readonly Quantity[],
  fanIn: readonly number[] | null,
  { loops, fanIns }: DimensionNames,
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

/** The name that a length is. */
export function nameOf(length: Quantity): WidthSymbol | null {
  return length.op === 'symbol' && length.value === null ? length.symbol : null;
}
