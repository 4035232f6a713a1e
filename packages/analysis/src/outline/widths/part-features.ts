import { type Quantity, symbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Contraction, Tensor, WeightTensor } from '../../network/graph.ts';
import { type ContractionSide, isEntrywise, sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import { addFree } from './dimension-names.ts';

/**
 * Names of what parameters sum over that are no features which the whole has between its blocks: of data that the code makes
 * of what it is given, as one-hot rows and probabilities, of another dimension than the last one, as tokens, and of images,
 * which are as long as a side squared.
 */
export function notBetweenBlocks(
  pass: ForwardPass,
  lengths: readonly Quantity[],
): (symbol: WidthSymbol) => boolean {
  const others = new Set<WidthSymbol>();
  for (const tensor of pass.tensors) {
    if (tensor.op !== 'contract') continue;
    for (const side of sidesOf(tensor)) {
      const parameter = parameterIn(side.of);
      if (parameter === null || pass.isComputed(side.other) || parameterIn(side.other) !== null) continue;
      const summed = side.dimensions.filter(({ isSummed }) => isSummed).map(({ length }) => length);
      if (!isAsGiven(side.other) || isOverOthers(side, parameter, tensor)) addFree(others, ...summed);
    }
  }
  return (symbol) => others.has(symbol) || lengths.some((length) => isSquared(length, symbol));
}

/** Whether its entries are those that the model is given, as large as features are. */
function isAsGiven(tensor: Tensor): boolean {
  switch (tensor.op) {
    case 'input':
      return tensor.span === null;
    case 'view':
    case 'norm':
    case 'scale':
    case 'act':
      return isAsGiven(tensor.of);
    case 'add':
      return tensor.of.some(isAsGiven);
    case 'choice':
    case 'repeat':
      return tensor.of.every(isAsGiven);
    case 'contract': {
      const given = tensor.of.filter((one) => parameterIn(one) === null);
      return given.every(isAsGiven) && (given.length === 1 || isEntrywise(tensor));
    }
    default:
      return false;
  }
}

/** Whether a parameter by itself, which no convolution is, sums over another dimension than the last one of what it meets. */
function isOverOthers(
  { of }: ContractionSide,
  { layer }: WeightTensor,
  { of: [left], axes }: Contraction,
): boolean {
  const last = (left === of ? axes.right : axes.left).at(-1);
  return layer.family === 'parameter' && last !== undefined && axes.out.includes(last);
}

/** Whether a length is a power of a name, or the name times itself. */
function isSquared(length: Quantity, symbol: WidthSymbol): boolean {
  if (length.op === 'power') return symbolsOf(length.base).has(symbol);
  if (!('left' in length)) return false;
  const { op, left, right } = length;
  if (op === 'multiply' && symbolsOf(left).has(symbol) && symbolsOf(right).has(symbol)) return true;
  return isSquared(left, symbol) || isSquared(right, symbol);
}
