import { isConstant } from '../../growth/growth-of.ts';
import { densityOf, isSquare, mayLeaveFew } from '../../network/density.ts';
import type { Contraction, Tensor } from '../../network/graph.ts';
import { isOfParameters, shapeOf } from '../../network/tensor.ts';
import { valuesIn } from '../../network/values.ts';
import { type DataProduct, type GrowthOf, growsAlong } from '../forward/data-growth.ts';
import { parameterIn } from '../forward/forward-pass.ts';

/** Whether it is not known how many features a product with data leaves, or how large it makes their sum. */
export function isOfOpenCount(
  product: Contraction,
  { data, features }: DataProduct,
  growthOf: GrowthOf,
): boolean {
  const { dims } = shapeOf(data) ?? { dims: [] };
  if (!growsAlong(product, growthOf))
    return mayLeaveFew(data) && dims.some((dim) => !isConstant(growthOf(dim)));
  // Features that have signs of their own, as of a random projection that stays, add up as their squares do.
  return valuesIn(data).kind === 'random' || (parameterIn(features) === null && mayBeBand(data));
}

/** Whether a square matrix that code makes may have few entries in each row. */
function mayBeBand(data: Tensor): boolean {
  return isOfParameters(data) && isSquare(shapeOf(data)) && densityOf(data).nonzero !== true;
}
