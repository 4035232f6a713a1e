import type { Contraction, Tensor, WeightTensor } from '../../network/graph.ts';
import { isData } from '../../network/tensor.ts';
import { isEntrywise, sidesOf } from './contraction-side.ts';
import { parameterIn } from './forward-pass.ts';

/** The parameter whose entries something else scales, as a style does those of a kernel; null for any other product. */
export function scaledIn(product: Contraction): WeightTensor | null {
  if (!isEntrywise(product)) return null;
  const [scaled] = sidesOf(product).flatMap(({ of, other }) => {
    const weight = parameterIn(of);
    return isData(other) || weight === null || parameterIn(other) === weight ? [] : [weight];
  });
  return scaled ?? null;
}

/** All of them: what such a matrix is applied to may meet its entries later, where it is no gain. */
export function scaledAmong(tensors: readonly Tensor[]): readonly WeightTensor[] {
  return tensors.flatMap((one) => (one.op === 'contract' ? (scaledIn(one) ?? []) : []));
}
