import type { Tensor } from './graph.ts';
import { operandsOf } from './tensor.ts';

/** What is returned, and of losses and their sums what those are made of; tensors come after what they are made of. */
export function behindLosses(returned: readonly Tensor[], tensors: Iterable<Tensor>): readonly Tensor[] {
  const losses = new Set<Tensor>();
  for (const tensor of tensors) if (isOfLosses(tensor, losses)) losses.add(tensor);
  const found = new Set<Tensor>();
  const ahead = [...returned];
  const seen = new Set<Tensor>();
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    if (losses.has(tensor)) ahead.push(...operandsOf(tensor));
    else found.add(tensor);
  }
  return [...found];
}

function isOfLosses(tensor: Tensor, losses: ReadonlySet<Tensor>): boolean {
  if (tensor.op === 'loss') return true;
  const carries =
    tensor.op === 'add' || tensor.op === 'scale' || tensor.op === 'view' || tensor.op === 'choice';
  return carries && operandsOf(tensor).some((one) => losses.has(one));
}

/** `tensor.detach()`, through which nothing is trained. */
export function isDetached(tensor: Tensor): boolean {
  return tensor.op === 'unread' && tensor.what === 'detach';
}
