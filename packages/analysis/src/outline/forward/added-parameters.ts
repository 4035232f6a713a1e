import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { isOfParameters, operandsOf } from '../../network/tensor.ts';

/** Parameters that are added to others, as they are or in another shape, of which nothing else is made. */
export function addedIn(tensors: readonly Tensor[]): readonly WeightTensor[] {
  return addedWhere(tensors, () => true);
}

/** Those of them that are added to parameters alone, of which something else is made than a sum: it may be a matrix. */
export function summandsIn(tensors: readonly Tensor[]): readonly WeightTensor[] {
  const toFeatures = new Set(addedWhere(tensors, (sum) => !isOfParameters(sum)));
  return addedIn(tensors).filter((use) => !toFeatures.has(use));
}

function addedWhere(tensors: readonly Tensor[], counts: (sum: Tensor) => boolean): readonly WeightTensor[] {
  const isAdded = new Map<Tensor, boolean>();
  for (const tensor of [...tensors].reverse()) {
    const isSum = tensor.op === 'add';
    const own =
      (isSum && counts(tensor)) || ((isSum || KEEPS.has(tensor.op)) && isAdded.get(tensor) === true);
    for (const operand of operandsOf(tensor)) isAdded.set(operand, own && isAdded.get(operand) !== false);
  }
  return tensors.flatMap((tensor) =>
    tensor.op === 'weight' && isAdded.get(tensor) === true ? [tensor] : [],
  );
}

/** What gives the same numbers in another shape, or some of them. */
const KEEPS: ReadonlySet<Tensor['op']> = new Set(['view', 'scale', 'choice', 'repeat']);
