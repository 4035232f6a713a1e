import type { Tensor } from './graph.ts';

/** What a tensor is as many times as a number says, in whatever shape. */
export function withoutFactors(tensor: Tensor): Tensor {
  let one = tensor;
  while (one.op === 'view' || one.op === 'scale') one = one.of;
  return one;
}
