import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ForwardPass } from './forward-pass.ts';

/** What is between a residual sum and what it adds to, in nearly any block; of more it is not known. */
const LONGEST_BLOCK = 2_000;

/** Whether a tensor of a forward pass is made of another one. */
export function madeOf({ tensors }: ForwardPass): (tensor: Tensor, origin: Tensor) => boolean {
  const placeOf = new Map(tensors.map((tensor, place) => [tensor, place]));
  return (tensor, origin) => {
    const first = placeOf.get(origin) ?? 0;
    const seen = new Set<Tensor>();
    const ahead: Tensor[] = [tensor];
    for (let one = ahead.pop(); one !== undefined && seen.size < LONGEST_BLOCK; one = ahead.pop()) {
      if (one === origin) return true;
      // What comes before it in the list is not made of it.
      if (seen.has(one) || (placeOf.get(one) ?? first) < first) continue;
      seen.add(one);
      ahead.push(...operandsOf(one));
    }
    return false;
  };
}
