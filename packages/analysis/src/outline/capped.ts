import type { Tensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import type { Weight } from './weights.ts';

/** Whether something bounded is made of what a weight gives, as a soft cap does. */
export function isCapped({ applications }: Weight, { tensors }: ForwardPass): boolean {
  const behind = new Set<Tensor>(applications.map(({ tensor }) => tensor));
  for (const tensor of tensors) {
    if (!operandsOf(tensor).some((one) => behind.has(one))) continue;
    if (tensor.op === 'act') return tensor.activation === 'tanh' || tensor.activation === 'softcap';
    if (tensor.op === 'scale' || tensor.op === 'view' || tensor.op === 'add') behind.add(tensor);
  }
  return false;
}
