import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import { isLayerOutput, isMatrixProduct } from '../forward/matrix-product.ts';

/**
 * The factor that whatever is made of a tensor begins with, as an exponent; 0 where there is no one.
 *
 * A sum that is only used times a factor is the sum of its terms times that factor: (W x + b)/n is judged as W x/n + b/n.
 * In front of a matrix a factor is that product's: in V (x + y)/n features are x + y, whatever the readout divides by.
 *
 * @param tensors operands before what is made of them
 */
export function factorsAhead(
  tensors: readonly Tensor[],
  exponentOf: (tensor: Extract<Tensor, { op: 'scale' }>) => number | null,
): ReadonlyMap<Tensor, number> {
  const ahead = new Map<Tensor, number>();
  for (const tensor of [...tensors].reverse()) {
    const factor = factorBy(tensor, ahead.get(tensor) ?? 0, exponentOf);
    for (const operand of operandsOf(tensor)) {
      const known = ahead.get(operand);
      ahead.set(operand, known === undefined || known === factor ? factor : 0);
    }
  }
  for (const tensor of beforeProducts(tensors)) if (!isLayerOutput(tensor)) ahead.delete(tensor);
  return ahead;
}

const PASSES: ReadonlySet<Tensor['op']> = new Set(['scale', 'view']);

/** What is a factor of the product with a matrix, or has such a factor. */
function beforeProducts(tensors: readonly Tensor[]): ReadonlySet<Tensor> {
  const before = new Set<Tensor>();
  for (const tensor of [...tensors].reverse()) {
    const isFactor = isMatrixProduct(tensor) || (PASSES.has(tensor.op) && before.has(tensor));
    if (isFactor) for (const operand of operandsOf(tensor)) before.add(operand);
  }
  return before;
}

function factorBy(
  tensor: Tensor,
  ahead: number,
  exponentOf: (tensor: Extract<Tensor, { op: 'scale' }>) => number | null,
): number {
  if (tensor.op === 'scale') {
    const exponent = exponentOf(tensor);
    return exponent === null ? 0 : exponent + ahead;
  }
  return tensor.op === 'view' || tensor.op === 'add' ? ahead : 0;
}
