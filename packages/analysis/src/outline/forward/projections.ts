import type { Contraction } from '../../network/graph.ts';
import { sumsOver } from '../../network/tensor.ts';
import { withoutFactors } from '../../network/without-factors.ts';
import { parameterIn } from './forward-pass.ts';

/** Whether a product entry by entry is of a parameter and of what that has just read out, as the projection u (u·h) is. */
export function isProjection(product: Contraction): boolean {
  const { of } = product;
  if (sumsOver(product)) return false;
  return of.some((one, at) => {
    const parameter = parameterIn(one);
    const read = withoutFactors(of[1 - at] ?? one);
    return (
      parameter !== null &&
      read.op === 'contract' &&
      sumsOver(read) &&
      read.of.some((operand) => parameterIn(operand) === parameter)
    );
  });
}
