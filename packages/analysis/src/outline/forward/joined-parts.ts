import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ForwardPass } from './forward-pass.ts';

type Parts = ReadonlySet<WeightTensor>;

const NO_PARTS: Parts = new Set();

/**
 * The matrices of which different parts are in different terms of one sum, as the halves that a rotation turns into each
 * other: they are one matrix for what comes behind.
 *
 * @param wholeOf the matrix that a part is of; a whole one itself
 */
export function joinedParts(
  { tensors, isComputed }: ForwardPass,
  wholeOf: (weight: WeightTensor) => WeightTensor,
): ReadonlySet<WeightTensor> {
  const made = new Map<Tensor, Parts>();
  const partsIn = (tensor: Tensor): Parts => made.get(tensor) ?? NO_PARTS;
  const joined = new Set<WeightTensor>();
  for (const tensor of tensors) {
    if (tensor.op === 'weight') {
      if (wholeOf(tensor) !== tensor) made.set(tensor, new Set([tensor]));
      continue;
    }
    if (tensor.op === 'add')
      for (const whole of inSeveral(tensor.of.map(partsIn), wholeOf)) joined.add(whole);
    made.set(tensor, new Set(handedOn(tensor, isComputed).flatMap((one) => [...partsIn(one)])));
  }
  return joined;
}

/** What a tensor keeps the parts of: what a layer makes is of its own, and a product of features with features of none. */
function handedOn(tensor: Tensor, isComputed: ForwardPass['isComputed']): readonly Tensor[] {
  const of = operandsOf(tensor);
  if (tensor.op !== 'contract') return of;
  const layers = of.filter(({ op }) => op === 'weight');
  if (layers.length > 0) return layers;
  const features = of.filter((one) => isComputed(one));
  return features.length > 1 ? [] : features;
}

/** The matrices of which one term has one part and another term another. */
function inSeveral(
  terms: readonly Parts[],
  wholeOf: (weight: WeightTensor) => WeightTensor,
): readonly WeightTensor[] {
  return terms.flatMap((parts, at) =>
    [...parts].flatMap((part) => {
      const isOther = (one: WeightTensor) => one !== part && wholeOf(one) === wholeOf(part);
      return terms.some((term, place) => place !== at && [...term].some(isOther)) ? [wholeOf(part)] : [];
    }),
  );
}
