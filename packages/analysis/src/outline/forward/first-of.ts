import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';

/**
 * Those of some tensors that are made of no other of them.
 * @param tensors all there are, operands before what is made of them
 */
export function firstOf(some: readonly Tensor[], tensors: readonly Tensor[]): readonly Tensor[] {
  const among = new Set(some);
  const reached = new Set<Tensor>();
  return tensors.filter((tensor) => {
    const follows = operandsOf(tensor).some((one) => reached.has(one));
    if (follows || among.has(tensor)) reached.add(tensor);
    return !follows && among.has(tensor);
  });
}
