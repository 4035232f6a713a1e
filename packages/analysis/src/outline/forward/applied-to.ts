import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { parameterOf } from '../../network/layer.ts';
import { sidesOf } from './contraction-side.ts';
import { parameterIn } from './forward-pass.ts';
import { ownPlaces } from './own-places.ts';

/** Parameters that layers are applied to, as to learned queries: the features that those layers sum over. */
export function appliedTo(tensors: readonly Tensor[]): ReadonlySet<WeightTensor> {
  const sides = tensors.flatMap((one) => (one.op === 'contract' ? sidesOf(one) : []));
  return new Set(
    sides.flatMap(({ of, other, dimensions }) => {
      const own = ownPlaces(of, dimensions);
      return own !== null && isFeaturesOf(other, own.weight) ? [own.weight] : [];
    }),
  );
}

/** Whether a layer is applied to a parameter that is none: that layer sums over its entries. */
export function isFeaturesOf(layer: Tensor, parameter: WeightTensor): boolean {
  const hasFanIn = (one: WeightTensor) =>
    parameterOf({ kind: 'parameter', layer: one.layer, which: one.which })?.fanIn != null;
  const weight = parameterIn(layer);
  return weight !== null && hasFanIn(weight) && !hasFanIn(parameter);
}
