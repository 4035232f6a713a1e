import type { Quantity } from '../../growth/quantity.ts';
import type { Activated, Contraction, Tensor } from '../../network/graph.ts';
import { sidesOf } from './contraction-side.ts';
import { isMatrixProduct, multipleOf } from './matrix-product.ts';

/** Whether it is known of a dimension that it grows, or that it does not; null where neither is. */
export type Grows = (dimension: Quantity) => boolean | null;

/** Whether a parameter sums a growing number of features up to as many numbers at every width. */
export function isReadout(tensor: Tensor, grows: Grows): boolean {
  if (tensor.op !== 'contract' || !isMatrixProduct(tensor)) return false;
  return summed(tensor, grows).includes(true) && entries(tensor, grows).every((one) => one === false);
}

/**
 * Whether a tensor is W x or W x + b, maybe in another shape or times a number, where W makes a growing number of features
 * of as many numbers at every width. Whatever a readout right behind it divides by is then the readout's: in V (W x)/n
 * features are W x, and V the sum over them.
 *
 * @param passes whether a φ has the factors behind it in front of it, too
 */
export function isOfFirstLayer(
  tensor: Tensor,
  grows: Grows,
  passes: (one: Activated) => boolean = () => false,
): boolean {
  let one: Tensor | undefined = tensor;
  while (one !== undefined && !isMatrixProduct(one)) {
    one = one.op === 'act' && passes(one) ? one.of : multipleOf(one);
  }
  if (one?.op !== 'contract') return false;
  return summed(one, grows).every((each) => each === false) && entries(one, grows).includes(true);
}

function summed(tensor: Contraction, grows: Grows): readonly (boolean | null)[] {
  return sidesOf(tensor).flatMap(({ dimensions }) =>
    dimensions.flatMap(({ isSummed, length }) => (isSummed ? [grows(length)] : [])),
  );
}

/** Of each listed dimension of what is made, and null where it has no known shape. */
function entries({ shape }: Tensor, grows: Grows): readonly (boolean | null)[] {
  return shape === null ? [null] : shape.dims.map(grows);
}
