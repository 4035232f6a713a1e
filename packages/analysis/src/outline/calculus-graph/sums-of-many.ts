import type { Tensor } from '../../network/graph.ts';
import { sidesOf } from '../forward/contraction-side.ts';
import { isMatrixProduct } from '../forward/matrix-product.ts';
import { type SpeedOf, speedsOf } from './placed.ts';

/**
 * Whether a tensor has as many entries at every width, and in them sums over more and more of the features that a
 * parameter is multiplied with: w·x, w·x + v·y, both side by side.
 */
export function isOfSumsOfMany(tensor: Tensor, speedOf: SpeedOf): boolean {
  return (
    speedsOf(tensor.shape, speedOf)?.every((speed) => speed === 0) === true && hasSumOfMany(tensor, speedOf)
  );
}

/** The same of a tensor of which it is not known how many entries it has. */
export function mayBeOfSumsOfMany(tensor: Tensor, speedOf: SpeedOf): boolean {
  return speedsOf(tensor.shape, speedOf) === null && hasSumOfMany(tensor, speedOf);
}

/** Whether a tensor is made of sums over more and more features, as far as only sums and factors stand between. */
export function hasSumOfMany(tensor: Tensor, speedOf: SpeedOf): boolean {
  const [seen, ahead] = [new Set<Tensor>(), [tensor]];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (isMatrixProduct(one) && sumsOverMore(one, speedOf)) return true;
    if (one.op === 'view' || one.op === 'scale') ahead.push(one.of);
    else if (one.op === 'add') ahead.push(...one.of);
  }
  return false;
}

function sumsOverMore(tensor: Tensor, speedOf: SpeedOf): boolean {
  if (tensor.op !== 'contract') return false;
  const dimensions = sidesOf(tensor).flatMap((side) => side.dimensions);
  return dimensions.some(({ isSummed, length }) => isSummed && (speedOf(length) ?? 0) > 0);
}
