import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';

/**
 * The factor that whatever is made of a tensor begins with, as an exponent; 0 where there is no one.
 *
 * A sum that is only used times a factor is the sum of its terms times that factor: (W x + b)/n is judged as W x/n + b/n.
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
      const before = ahead.get(operand);
      ahead.set(operand, before === undefined || before === factor ? factor : 0);
    }
  }
  return ahead;
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
