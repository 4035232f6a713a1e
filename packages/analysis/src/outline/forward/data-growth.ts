import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  isVanished,
  sumGrowth,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../../growth/growth.ts';
import { isConstant } from '../../growth/growth-of.ts';
import { isNegative, type Quantity } from '../../growth/quantity.ts';
import type { Contraction, Tensor } from '../../network/graph.ts';
import { isData, operandsOf, sumsOver } from '../../network/tensor.ts';
import { sidesOf } from './contraction-side.ts';

/** How a number of the code grows. */
export type GrowthOf = (quantity: Quantity) => Growth;

/**
 * How entries of what nothing trained has a part in grow: those of ones over n like 1/n. What is not followed there
 * leaves open what is made of entries that grow, and of others has the size Θ(1).
 *
 * @param tensors operands before what is made of them
 */
export function dataGrowths(tensors: readonly Tensor[], growthOf: GrowthOf): ReadonlyMap<Tensor, Growth> {
  const growths = new Map<Tensor, Growth>();
  for (const tensor of tensors) {
    if (!isData(tensor)) continue;
    const operands = operandsOf(tensor).map((one) => growths.get(one) ?? UNKNOWN_GROWTH);
    growths.set(tensor, madeGrowth(tensor, operands, growthOf));
  }
  return growths;
}

function madeGrowth(tensor: Tensor, operands: readonly Growth[], growthOf: GrowthOf): Growth {
  const [first = CONSTANT] = operands;
  switch (tensor.op) {
    case 'input':
      return tensor.fill === null || tensor.fill.kind === 'unknown' ? CONSTANT : growthOf(tensor.fill.std);
    case 'scale':
      return timesGrowth(growthOf(tensor.factor), first);
    case 'view':
      return first;
    case 'norm':
      return CONSTANT;
    case 'softmax':
      return isConstant(growthOf(tensor.over)) ? CONSTANT : UNKNOWN_GROWTH;
    case 'choice':
    case 'repeat':
      return operands.reduce(eitherGrowth, first);
    case 'add':
      return sumOf(
        operands.filter((one) => !isVanished(one)),
        tensor.of.some(isNegated),
      );
    case 'contract':
      if (growsAlong(tensor, growthOf)) return operands.every(isConstant) ? CONSTANT : UNKNOWN_GROWTH;
      return operands.reduce(timesGrowth, CONSTANT);
    default:
      return operands.every(isConstant) ? CONSTANT : UNKNOWN_GROWTH;
  }
}

/** Of what is of one size, as masks are, that; of what grows, one may take another away. */
function sumOf(terms: readonly Growth[], mayCancel: boolean): Growth {
  const [first = CONSTANT, ...others] = terms;
  if (others.length === 0 || terms.every(isConstant)) return first;
  const growth = terms.reduce(sumGrowth);
  return mayCancel ? { ...UNKNOWN_GROWTH, high: growth.high } : growth;
}

function isNegated(tensor: Tensor): boolean {
  if (tensor.op === 'view') return isNegated(tensor.of);
  return tensor.op === 'scale' && isNegative(tensor.factor);
}

/** A product with data. */
export interface DataProduct {
  readonly data: Tensor;
  readonly features: Tensor;
}

/** What a contraction multiplies with data; null where both of its sides are trained, or neither is. */
export function dataProductIn({ of: [left, right] }: Contraction): DataProduct | null {
  if (isData(left) === isData(right)) return null;
  return isData(left) ? { data: left, features: right } : { data: right, features: left };
}

/** What a gain is multiplied with entry by entry; null for any other product. */
export function gainedIn(
  contraction: Contraction,
): { readonly gain: Tensor; readonly features: Tensor } | null {
  const { of } = contraction;
  const [gain, ...gains] = of.filter(isGain);
  const features = of.find((one) => one !== gain);
  if (gain === undefined || features === undefined || gains.length > 0 || isData(features)) return null;
  return sumsOver(contraction) ? null : { gain, features };
}

const gains = new WeakMap<Tensor, boolean>();

/** Whether a tensor is a parameter, or what is made of parameters entry by entry: `scale.exp()`. */
export function isGain(tensor: Tensor): boolean {
  if (tensor.op === 'weight') return true;
  if (!MADE_OF_GAINS.has(tensor.op)) return false;
  const before = gains.get(tensor);
  if (before !== undefined) return before;
  const operands = operandsOf(tensor).filter((one) => !isData(one));
  const answer = operands.length > 0 && operands.every(isGain);
  gains.set(tensor, answer);
  return answer;
}

const MADE_OF_GAINS: ReadonlySet<Tensor['op']> = new Set([
  'view',
  'scale',
  'norm',
  'add',
  'act',
  'choice',
  'unread',
]);

/** Whether a contraction sums over a dimension that may grow. */
export function growsAlong(contraction: Contraction, growthOf: GrowthOf): boolean {
  return sidesOf(contraction).some(({ dimensions }) =>
    dimensions.some(({ isSummed, length }) => isSummed && !isConstant(growthOf(length))),
  );
}
