import { isVanished, knownExponent, UNKNOWN_GROWTH } from '../../growth/growth.ts';
import { isConstant } from '../../growth/growth-of.ts';
import type { Contraction, Multiple, Tensor, WeightTensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import { dataGrowths, dataProductIn, type GrowthOf, gainedIn, growsAlong } from '../forward/data-growth.ts';

/** e of factors n^−e; null where one has not one exponent. */
export interface Exponents {
  readonly ofMultiple: (tensor: Multiple) => number | null;
  readonly ofData: (tensor: Tensor) => number | null;
  /** Of data or a gain that a tensor is multiplied with along dimensions that do not grow; null for any other product. */
  readonly ofProduct: (tensor: Contraction) => number | null;
  /** Whether something is data whose entries may grow: of what is made of it unread nothing is known, then. */
  readonly mayGrow: (tensor: Tensor) => boolean;
}

/** The exponents of what tensors are multiplied with. */
export function exponentsIn(
  tensors: readonly Tensor[],
  growthOf: GrowthOf,
  gainOf: (weight: WeightTensor) => number,
): Exponents {
  const data = dataGrowths(tensors, growthOf);
  const ofData = (tensor: Tensor) => negated(knownExponent(data.get(tensor) ?? UNKNOWN_GROWTH));
  const ofMultiple = ({ factor }: Multiple) => {
    const growth = growthOf(factor);
    return isVanished(growth) ? null : negated(knownExponent(growth));
  };
  /** Of a gain that starts like n^−e, with the factors on it. */
  const ofGain = (gain: Tensor): number | null => {
    if (gain.op === 'weight') return gainOf(gain);
    if (gain.op === 'view') return ofGain(gain.of);
    // What is made of gains that stay as large stays so.
    if (gain.op !== 'scale') return operandsOf(gain).every((one) => ofPart(one) === 0) ? 0 : null;
    const [own, below] = [ofMultiple(gain), ofGain(gain.of)];
    return own === null || below === null ? null : own + below;
  };
  const ofPart = (one: Tensor) => (isData(one) ? ofData(one) : ofGain(one));
  const productExponent = (tensor: Contraction): number | null => {
    const gain = gainedIn(tensor)?.gain;
    if (gain !== undefined) return ofGain(gain);
    const product = dataProductIn(tensor);
    return product === null || growsAlong(tensor, growthOf) ? null : ofData(product.data);
  };
  const ofProducts = new Map<Contraction, number | null>();
  return {
    ofMultiple,
    ofData,
    ofProduct: (tensor) => {
      const known = ofProducts.get(tensor);
      if (known !== undefined) return known;
      const exponent = productExponent(tensor);
      ofProducts.set(tensor, exponent);
      return exponent;
    },
    mayGrow: (tensor) => {
      const growth = data.get(tensor);
      return growth !== undefined && !isConstant(growth);
    },
  };
}

function negated(exponent: number | null): number | null {
  return exponent === null ? null : 0 - exponent;
}
