import { isOpenLength, quotientOf } from '../growth/product.ts';
import { exactValue, type Quantity } from '../growth/quantity.ts';
import { isRange } from './counted.ts';
import { isOfGiven, rootsOf } from './given-data.ts';
import type { Tensor } from './graph.ts';
import { isData, shapeOf } from './tensor.ts';

/** Why the size of sums over such entries is not known. */
export const AGAIN = 'entries that may be a few, each taken many times';

/**
 * Whether code takes as many entries of a tensor as it has features, at places that it makes itself: unless these count,
 * as `arange(n)` does, they may be a few over and over, as in `h[:, arange(n) % 4]`.
 */
export function mayTakeAgain(of: Tensor, places: Tensor): boolean {
  if (isData(of) || !isData(places) || isRange(places) || isOfGiven(places)) return false;
  const features = featuresOf(of);
  const isAsMany = (count: Quantity) =>
    features.length === 0 || features.some((length) => exactValue(quotientOf(count, length)) !== undefined);
  return [places, ...rootsOf(places)].flatMap(featuresOf).some(isAsMany);
}

function featuresOf(tensor: Tensor): readonly Quantity[] {
  return (shapeOf(tensor)?.dims ?? []).filter(isOpenLength);
}
