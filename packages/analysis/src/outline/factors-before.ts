import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  knownExponent,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../growth/growth.ts';
import { isConstant } from '../growth/growth-of.ts';
import { exactValue } from '../growth/quantity.ts';
import type { Contraction, Tensor, UnreadTensor } from '../network/graph.ts';
import { sumsOver } from '../network/tensor.ts';
import { isSamePlace } from '../syntax/span.ts';
import { type Grows, isOfFirstLayer } from './forward/between-ends.ts';
import { dataProductIn, type GrowthOf } from './forward/data-growth.ts';
import { parameterIn } from './forward/forward-pass.ts';
import { isMatrixProduct } from './forward/matrix-product.ts';

/** How numbers of the code grow, and the entries of what is made of data alone. */
export interface Growths {
  readonly growthOf: GrowthOf;
  readonly grows: Grows;
  readonly ofData: (data: Tensor) => Growth;
}

/** How what makes an operand shrinks it by itself, as a mean does and what makes vectors of length 1. */
export function ownFactorBefore(operand: Tensor, growthOf: GrowthOf): Growth {
  return factorsBefore(operand, { growthOf, grows: () => null, ofData: () => CONSTANT }).own;
}

interface FactorsBefore {
  readonly ofCode: Growth;
  readonly own: Growth;
}

const NONE_BEFORE: FactorsBefore = { ofCode: CONSTANT, own: CONSTANT };

/** More conditions in a row are not followed. */
const MOST_CHOICES = 4;

interface Before {
  readonly so?: FactorsBefore;
  readonly choices?: number;
  /** Whether what is made of the operand is a readout. */
  readonly isLast?: boolean;
}

/** The factors on an operand, unless they belong to a parameter that it comes from directly. */
export function factorsBefore(
  operand: Tensor,
  growths: Growths,
  { so = NONE_BEFORE, choices = 0, isLast = false }: Before = {},
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
    const next = { so: { ofCode, own }, choices: choices + 1, isLast };
    return somethingOf(tensor.of)
      .map((one) => factorsBefore(one, growths, next))
      .reduce(eitherBefore);
  }
  if (isMatrixProduct(tensor)) return isLast ? beforeReadout(tensor, ofCode, growths) : NONE_BEFORE;
  if (tensor.op === 'contract' && !isConstant(factorOn(tensor, growths)))
    return { ofCode: UNKNOWN_GROWTH, own };
  // The scale of attention is that of queries times keys, whatever their product is multiplied by next.
  return tensor.op === 'contract' && sumsOver(tensor) ? { ofCode: CONSTANT, own } : apart(ofCode, own);
}

/** Whether all that a tensor holds is 0, as the state that a recurrent network begins with: no weight does anything to it. */
export function isNothing(tensor: Tensor): boolean {
  if (tensor.op === 'view') return isNothing(tensor.of);
  return tensor.op === 'scale' && (exactValue(tensor.factor)?.numerator === 0 || isNothing(tensor.of));
}

/** What may be more than 0, if any is. */
function somethingOf(ways: readonly Tensor[]): readonly Tensor[] {
  const some = ways.filter((one) => !isNothing(one));
  return some.length === 0 ? ways : some;
}

/** The factors between a product with a matrix and a readout: the readout's where they fall behind a first layer. */
function beforeReadout(tensor: Tensor, ofCode: Growth, { grows }: Growths): FactorsBefore {
  return falls(ofCode) && isOfFirstLayer(tensor, grows) ? { ofCode, own: CONSTANT } : NONE_BEFORE;
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
  if (span === null || !isSamePlace(of.span, span) || of.span?.end !== span.end) return false;
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

/** What data is multiplied with entry by entry, as by a mask; null for any other product. */
function maskedIn(tensor: Contraction): Tensor | null {
  return sumsOver(tensor) ? null : (dataProductIn(tensor)?.features ?? null);
}

/** `h * scale` where it is not known what `scale` is, or what may do so: a factor that may grow. */
export function isMultiple(tensor: UnreadTensor): boolean {
  return tensor.isMultiple === true;
}

/** Whether it is known to fall with the width. */
export function falls(growth: Growth): boolean {
  const exponent = knownExponent(growth);
  return exponent !== null && exponent < 0;
}
