import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  knownExponent,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../growth/growth.ts';
import { isConstant } from '../growth/growth-of.ts';
import type { Contraction, Tensor, UnreadTensor, WeightTensor } from '../network/graph.ts';
import { isData, operandsOf, sumsOver } from '../network/tensor.ts';
import { type ContractionSide, sidesOf } from './forward/contraction-side.ts';
import {
  dataGrowths,
  dataProductIn,
  type GrowthOf,
  gainedIn,
  growsAlong,
  isGain,
} from './forward/data-growth.ts';
import { type ForwardPass, parameterIn } from './forward/forward-pass.ts';
import { isLayerOutput, isMatrixProduct } from './forward/matrix-product.ts';

/** A place where a parameter meets something. */
export interface Application {
  readonly weight: WeightTensor;
  readonly tensor: Tensor;
  /** The parameter's side, where that is a product. */
  readonly side: ContractionSide | null;
  /** How the factors there grow: on the parameter, on what it is applied to, and on what comes out. */
  readonly factor: Growth;
}

/** How the initial values of a parameter grow. */
export type StartOf = (weight: WeightTensor) => Growth;

/** Every place where a parameter meets something. */
export function applicationsIn(
  pass: ForwardPass,
  growthOf: GrowthOf,
  startOf: StartOf,
): readonly Application[] {
  const growths = growthsIn(pass, growthOf, startOf);
  const behind = factorsBehind(pass, growths);
  return usesIn(pass).map(({ weight, tensor, side, operands }) => {
    const factors = operands.map((one) => factorsBefore(one, growths).ofCode);
    const ahead = behind.get(tensor);
    const own = isLayerOutput(tensor) ? ahead?.growth : ahead?.beforeProducts;
    return { weight, tensor, side, factor: [...factors, own ?? CONSTANT].reduce(timesGrowth) };
  });
}

/** How numbers of the code grow, and the entries of what is made of data alone. */
interface Growths {
  readonly growthOf: GrowthOf;
  readonly ofData: (data: Tensor) => Growth;
  readonly startOf: StartOf;
}

function growthsIn({ tensors }: Pick<ForwardPass, 'tensors'>, growthOf: GrowthOf, startOf: StartOf): Growths {
  const growths = dataGrowths(tensors, growthOf);
  return { growthOf, ofData: (data) => growths.get(data) ?? UNKNOWN_GROWTH, startOf };
}

interface Use extends Pick<Application, 'weight' | 'tensor' | 'side'> {
  /** The parameter itself as it is used, and in a product what it is applied to. */
  readonly operands: readonly Tensor[];
}

function usesIn({ tensors }: ForwardPass): readonly Use[] {
  return tensors.flatMap((tensor): readonly Use[] => {
    if (tensor.op === 'add') {
      return tensor.of.flatMap((operand) => {
        const weight = parameterIn(operand);
        return weight === null ? [] : [{ weight, tensor, side: null, operands: [operand] }];
      });
    }
    if (tensor.op !== 'contract') return [];
    return sidesOf(tensor).flatMap((side) => {
      const weight = parameterIn(side.of);
      return weight === null ? [] : [{ weight, tensor, side, operands: [side.of, side.other] }];
    });
  });
}

interface FactorsBehind {
  readonly growth: Growth;
  /** Without the factors right before the product with a matrix, which are that matrix's. */
  readonly beforeProducts: Growth;
  /** Whether such a product is all that is made of it. */
  readonly isTaken: boolean;
}

const NO_FACTORS: FactorsBehind = { growth: CONSTANT, beforeProducts: CONSTANT, isTaken: false };

/** How the factors on a tensor grow until something is made of it that is more than itself. */
function factorsBehind({ tensors }: ForwardPass, growths: Growths): ReadonlyMap<Tensor, FactorsBehind> {
  const behind = new Map<Tensor, FactorsBehind>();
  for (const tensor of [...tensors].reverse()) {
    const here = behind.get(tensor) ?? NO_FACTORS;
    for (const operand of operandsOf(tensor)) {
      const before = behind.get(operand);
      const own = factorsThrough(tensor, operand, here, growths);
      behind.set(operand, before === undefined ? own : eitherFactors(before, own));
    }
  }
  return behind;
}

function factorsThrough(
  tensor: Tensor,
  operand: Tensor,
  here: FactorsBehind,
  growths: Growths,
): FactorsBehind {
  const isTaken =
    isMatrixProduct(tensor) || (here.isTaken && (tensor.op === 'scale' || tensor.op === 'view'));
  return {
    growth: through(tensor, operand, here.growth, growths),
    beforeProducts: isTaken ? CONSTANT : through(tensor, operand, here.beforeProducts, growths),
    isTaken,
  };
}

function eitherFactors(one: FactorsBehind, other: FactorsBehind): FactorsBehind {
  return {
    growth: eitherGrowth(one.growth, other.growth),
    beforeProducts: eitherGrowth(one.beforeProducts, other.beforeProducts),
    isTaken: one.isTaken && other.isTaken,
  };
}

function through(tensor: Tensor, operand: Tensor, behind: Growth, growths: Growths): Growth {
  switch (tensor.op) {
    case 'scale':
      return timesGrowth(growths.growthOf(tensor.factor), behind);
    case 'view':
    case 'choice':
    case 'repeat':
      return behind;
    case 'add':
      return isBiased(tensor, operand) ? behind : CONSTANT;
    case 'unread':
      return isMultiple(tensor) ||
        isBesideGrowing(tensor, growths) ||
        isRescaledBesides(tensor, operand, growths)
        ? UNKNOWN_GROWTH
        : CONSTANT;
    case 'contract':
      return throughProduct(tensor, operand, behind, growths);
    default:
      return CONSTANT;
  }
}

/**
 * Times data of which entries stay as many, what data is made larger by is a factor, and goes on to those behind. Summed
 * over more and more entries, it is a matrix that stays: where that grows, of what is in front nothing is known. A gain
 * passes on what is behind it, too.
 */
function throughProduct(tensor: Contraction, operand: Tensor, behind: Growth, growths: Growths): Growth {
  const gained = gainedIn(tensor);
  if (gained?.features === operand) return timesGrowth(factorsBefore(gained.gain, growths).ofCode, behind);
  const product = dataProductIn(tensor);
  if (product?.features !== operand) return CONSTANT;
  const own = growths.ofData(product.data);
  if (growsAlong(tensor, growths.growthOf)) return isConstant(own) ? CONSTANT : UNKNOWN_GROWTH;
  return timesGrowth(own, behind);
}

/** What data is multiplied with entry by entry, as by a mask; null for any other product. */
function maskedIn(tensor: Contraction): Tensor | null {
  return sumsOver(tensor) ? null : (dataProductIn(tensor)?.features ?? null);
}

/** Whether data that grows is handed to what is not followed, as a matrix or factor may be. */
function isBesideGrowing({ of }: UnreadTensor, { ofData }: Growths): boolean {
  return of.some((one) => isData(one) && !isConstant(ofData(one)));
}

/** Whether it is divided by a parameter that does not start at the same size at every width, as a temperature may. */
function isRescaledBesides({ of, mayRescale }: UnreadTensor, operand: Tensor, { startOf }: Growths): boolean {
  return (
    mayRescale &&
    of.some(
      (one) => one !== operand && isGain(one) && !weightsIn(one).every((own) => isConstant(startOf(own))),
    )
  );
}

/** The parameters that a gain is made of. */
function weightsIn(gain: Tensor): readonly WeightTensor[] {
  return gain.op === 'weight' ? [gain] : operandsOf(gain).flatMap(weightsIn);
}

/** `h * scale` where it is not known what `scale` is, or what may do so: a factor that may grow. */
function isMultiple(tensor: UnreadTensor): boolean {
  return tensor.isMultiple === true;
}

/** Whether a sum only adds parameters to one of its terms. */
function isBiased({ of }: Extract<Tensor, { op: 'add' }>, term: Tensor): boolean {
  return of.every((one) => one === term || parameterIn(one) !== null);
}

/** How what makes an operand shrinks it by itself, as a mean does and what makes vectors of length 1. */
export function ownFactorBefore(operand: Tensor, growthOf: GrowthOf): Growth {
  return factorsBefore(operand, { growthOf, ofData: () => CONSTANT, startOf: () => CONSTANT }).own;
}

interface FactorsBefore {
  readonly ofCode: Growth;
  readonly own: Growth;
}

const NONE_BEFORE: FactorsBefore = { ofCode: CONSTANT, own: CONSTANT };

/** More conditions in a row are not followed. */
const MOST_CHOICES = 4;

/** The factors on an operand, unless they belong to a parameter that it comes from directly. */
function factorsBefore(
  operand: Tensor,
  growths: Growths,
  { so, choices }: { readonly so: FactorsBefore; readonly choices: number } = { so: NONE_BEFORE, choices: 0 },
): FactorsBefore {
  let { ofCode, own } = so;
  let tensor = operand;
  for (let below = belowFactor(tensor); below !== null; below = belowFactor(tensor)) {
    const factor = factorOn(tensor, growths);
    if (tensor.op === 'scale' && isPartOfOne(tensor)) own = timesGrowth(own, factor);
    else ofCode = timesGrowth(ofCode, factor);
    tensor = below;
  }
  if (tensor.op === 'choice') {
    if (choices === MOST_CHOICES) return { ofCode: UNKNOWN_GROWTH, own: UNKNOWN_GROWTH };
    const next = { so: { ofCode, own }, choices: choices + 1 };
    return tensor.of.map((one) => factorsBefore(one, growths, next)).reduce(eitherBefore);
  }
  if (isMatrixProduct(tensor)) return NONE_BEFORE;
  if (tensor.op === 'contract' && !isConstant(factorOn(tensor, growths)))
    return { ofCode: UNKNOWN_GROWTH, own };
  // The scale of attention is that of queries times keys, whatever their product is multiplied by next.
  return tensor.op === 'contract' && sumsOver(tensor) ? { ofCode: CONSTANT, own } : apart(ofCode, own);
}

/** What a tensor is by itself a multiple of what it is made of by. */
function factorOn(tensor: Tensor, { growthOf, ofData }: Growths): Growth {
  if (tensor.op === 'scale') return growthOf(tensor.factor);
  if (tensor.op === 'unread') return UNKNOWN_GROWTH;
  const product = tensor.op === 'contract' ? dataProductIn(tensor) : null;
  return product === null ? CONSTANT : ofData(product.data);
}

function eitherBefore(one: FactorsBefore, other: FactorsBefore): FactorsBefore {
  return { ofCode: eitherGrowth(one.ofCode, other.ofCode), own: eitherGrowth(one.own, other.own) };
}

/** Whether a factor is in what one operation does. */
function isPartOfOne({ of, span }: Extract<Tensor, { op: 'scale' }>): boolean {
  if (span === null || of.span?.start !== span.start || of.span.end !== span.end) return false;
  return of.op === 'norm' || (of.op === 'contract' && of.of.every((one) => parameterIn(one) === null));
}

/** Factors that undo each other are none; beside others, what is whose is not known. */
function apart(ofCode: Growth, own: Growth): FactorsBefore {
  if (knownExponent(own) === 0 || knownExponent(ofCode) === 0) return { ofCode, own };
  const isUndone = knownExponent(timesGrowth(ofCode, own)) === 0;
  return isUndone ? NONE_BEFORE : { ofCode: UNKNOWN_GROWTH, own };
}

/** What a tensor is a multiple of, or the same numbers as but for parameters that are added; null for any other. */
function belowFactor(tensor: Tensor): Tensor | null {
  switch (tensor.op) {
    case 'scale':
    case 'view':
      return tensor.of;
    case 'contract':
      return maskedIn(tensor);
    case 'unread':
      return (isMultiple(tensor) ? tensor.of[0] : null) ?? null;
    case 'add': {
      const terms: readonly Tensor[] = tensor.of.filter((one) => parameterIn(one) === null);
      return terms.length === 1 ? (terms[0] ?? null) : null;
    }
    default:
      return null;
  }
}
