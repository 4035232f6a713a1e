import type { Contraction, Tensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import { parameterIn } from '../forward/forward-pass.ts';
import { isMatrixProduct } from '../forward/matrix-product.ts';
import { type SpeedOf, speedsOf } from './placed.ts';
import { hasSumOfMany } from './sums-of-many.ts';

/**
 * Whether a product sums over a matrix that a parameter makes of few numbers which are trained, as the network of a
 * hypernetwork is: where these change the matrix keeps the signs of the parameter's start, so that what it is applied to
 * adds up as at the start, or in part, and not as a change of its own does.
 */
export function isOfMadeMatrix(product: Contraction, speedOf: SpeedOf): boolean {
  return (
    product.of.every((one) => parameterIn(one) === null) &&
    product.of.some((one) => isMadeOfFew(one, false, speedOf))
  );
}

function isMadeOfFew(tensor: Tensor, isSplit: boolean, speedOf: SpeedOf): boolean {
  switch (tensor.op) {
    case 'view':
      return isMadeOfFew(tensor.of, isSplit || splits(tensor, tensor.of, speedOf), speedOf);
    case 'scale':
    case 'act':
      return isMadeOfFew(tensor.of, isSplit, speedOf);
    case 'add':
      return tensor.of.some((one) => isMadeOfFew(one, isSplit, speedOf));
    case 'contract':
      return (
        isSplit &&
        isMatrixProduct(tensor) &&
        !hasSumOfMany(tensor, speedOf) &&
        operandsOf(tensor).every((one) => !isData(one))
      );
    default:
      return false;
  }
}

/** Whether a dimension that grows becomes several that do. */
function splits(tensor: Tensor, before: Tensor, speedOf: SpeedOf): boolean {
  const [own, whole] = [tensor, before].map(({ shape }) =>
    speedsOf(shape, speedOf)?.filter((speed) => speed > 0),
  );
  return own !== undefined && whole !== undefined && own.length > whole.length;
}
