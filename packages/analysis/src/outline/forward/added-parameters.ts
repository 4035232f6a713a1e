import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';

/** Parameters that are added to others, as they are or in another shape, of which nothing else is made. */
export function addedIn(tensors: readonly Tensor[]): readonly WeightTensor[] {
  const isAdded = new Map<Tensor, boolean>();
  for (const tensor of [...tensors].reverse()) {
    const own = tensor.op === 'add' || (KEEPS.has(tensor.op) && isAdded.get(tensor) === true);
    for (const operand of operandsOf(tensor)) isAdded.set(operand, own && isAdded.get(operand) !== false);
  }
  return tensors.flatMap((tensor) =>
    tensor.op === 'weight' && isAdded.get(tensor) === true ? [tensor] : [],
  );
}

/** What gives the same numbers in another shape, or some of them. */
const KEEPS: ReadonlySet<Tensor['op']> = new Set(['view', 'scale', 'choice', 'repeat']);
