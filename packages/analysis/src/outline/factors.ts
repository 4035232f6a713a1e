import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  knownExponent,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../growth/growth.ts';
import type { Quantity } from '../growth/quantity.ts';
import type { Tensor, UnreadTensor, WeightTensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
import { type ForwardPass, parameterIn, sumsOver } from './forward/forward-pass.ts';
import { isLayerOutput, isMatrixProduct } from './forward/matrix-product.ts';

/** How the factors on each use of a parameter grow: on itself, on what it is applied to, and on what comes out. */
export function factorsOf(
  pass: ForwardPass,
  growthOf: (quantity: Quantity) => Growth,
): (weights: readonly WeightTensor[]) => Growth {
  const behind = factorsBehind(pass, growthOf);
  const found = new Map<WeightTensor, Growth>();
  for (const { weight, tensor, operands } of usesIn(pass)) {
    const factors = operands.map((one) => factorBefore(one, growthOf));
    const ahead = behind.get(tensor);
    const own = isLayerOutput(tensor) ? ahead?.growth : ahead?.beforeProducts;
    const growth = [...factors, own ?? CONSTANT].reduce(timesGrowth);
    const before = found.get(weight);
    found.set(weight, before === undefined ? growth : eitherGrowth(before, growth));
  }
  return (weights) => {
    const growths = weights.map((weight) => found.get(weight) ?? UNKNOWN_GROWTH);
    return growths.length === 0 ? UNKNOWN_GROWTH : growths.reduce(eitherGrowth);
  };
}

/** A place where a parameter meets something. */
interface Use {
  readonly weight: WeightTensor;
  readonly tensor: Tensor;
  /** The parameter itself as it is used, and in a product what it is applied to. */
  readonly operands: readonly Tensor[];
}

function usesIn({ tensors }: ForwardPass): readonly Use[] {
  return tensors.flatMap((tensor) => {
    if (tensor.op !== 'contract' && tensor.op !== 'add') return [];
    return tensor.of.flatMap((operand): readonly Use[] => {
      const weight = parameterIn(operand);
      if (weight === null) return [];
      const others = tensor.op === 'contract' ? tensor.of.filter((one) => one !== operand) : [];
      return [{ weight, tensor, operands: [operand, ...others] }];
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
function factorsBehind(
  { tensors }: ForwardPass,
  growthOf: (quantity: Quantity) => Growth,
): ReadonlyMap<Tensor, FactorsBehind> {
  const behind = new Map<Tensor, FactorsBehind>();
  for (const tensor of [...tensors].reverse()) {
    const here = behind.get(tensor) ?? NO_FACTORS;
    for (const operand of operandsOf(tensor)) {
      const before = behind.get(operand);
      const own = factorsThrough(tensor, operand, here, growthOf);
      behind.set(operand, before === undefined ? own : eitherFactors(before, own));
    }
  }
  return behind;
}

function factorsThrough(
  tensor: Tensor,
  operand: Tensor,
  here: FactorsBehind,
  growthOf: (quantity: Quantity) => Growth,
): FactorsBehind {
  const isTaken =
    isMatrixProduct(tensor) || (here.isTaken && (tensor.op === 'scale' || tensor.op === 'view'));
  return {
    growth: through(tensor, operand, here.growth, growthOf),
    beforeProducts: isTaken ? CONSTANT : through(tensor, operand, here.beforeProducts, growthOf),
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

function through(
  tensor: Tensor,
  operand: Tensor,
  behind: Growth,
  growthOf: (quantity: Quantity) => Growth,
): Growth {
  switch (tensor.op) {
    case 'scale':
      return timesGrowth(growthOf(tensor.factor), behind);
    case 'view':
    case 'choice':
    case 'repeat':
      return behind;
    case 'add':
      return isBiased(tensor, operand) ? behind : CONSTANT;
    case 'unread':
      return isProduct(tensor) ? UNKNOWN_GROWTH : CONSTANT;
    default:
      return CONSTANT;
  }
}

/** `h * scale` where it is not known what `scale` is, or a hook that may do so: a factor that may grow. */
function isProduct({ what }: UnreadTensor): boolean {
  return /^[*/]|^a forward hook$/.test(what);
}

/** Whether a sum only adds parameters to one of its terms. */
function isBiased({ of }: Extract<Tensor, { op: 'add' }>, term: Tensor): boolean {
  return of.every((one) => one === term || parameterIn(one) !== null);
}

/** The factors of the code on an operand, unless they belong to a parameter that it comes from directly. */
function factorBefore(operand: Tensor, growthOf: (quantity: Quantity) => Growth): Growth {
  return factorsBefore(operand, growthOf).ofCode;
}

/** How what makes an operand shrinks it by itself, as a mean does and what makes vectors of length 1. */
export function ownFactorBefore(operand: Tensor, growthOf: (quantity: Quantity) => Growth): Growth {
  return factorsBefore(operand, growthOf).own;
}

interface FactorsBefore {
  readonly ofCode: Growth;
  readonly own: Growth;
}

function factorsBefore(operand: Tensor, growthOf: (quantity: Quantity) => Growth): FactorsBefore {
  let [ofCode, own] = [CONSTANT, CONSTANT];
  let tensor = operand;
  for (let below = belowFactor(tensor); below !== null; below = belowFactor(tensor)) {
    if (tensor.op === 'scale') {
      const factor = growthOf(tensor.factor);
      if (isPartOfOne(tensor)) own = timesGrowth(own, factor);
      else ofCode = timesGrowth(ofCode, factor);
    }
    if (tensor.op === 'unread') ofCode = UNKNOWN_GROWTH;
    tensor = below;
  }
  if (isMatrixProduct(tensor)) return { ofCode: CONSTANT, own: CONSTANT };
  // The scale of attention is that of queries times keys, whatever their product is multiplied by next.
  return tensor.op === 'contract' && sumsOver(tensor) ? { ofCode: CONSTANT, own } : apart(ofCode, own);
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
  return isUndone ? { ofCode: CONSTANT, own: CONSTANT } : { ofCode: UNKNOWN_GROWTH, own };
}

/** What a tensor is a multiple of, or the same numbers as but for parameters that are added; null for any other. */
function belowFactor(tensor: Tensor): Tensor | null {
  switch (tensor.op) {
    case 'scale':
    case 'view':
      return tensor.of;
    case 'unread':
      return (isProduct(tensor) ? tensor.of[0] : null) ?? null;
    case 'add': {
      const terms: readonly Tensor[] = tensor.of.filter((one) => parameterIn(one) === null);
      return terms.length === 1 ? (terms[0] ?? null) : null;
    }
    default:
      return null;
  }
}
