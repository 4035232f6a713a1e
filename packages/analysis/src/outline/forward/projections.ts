import type { Contraction, Tensor } from '../../network/graph.ts';
import { sumsOver } from '../../network/tensor.ts';
import { parameterIn } from './forward-pass.ts';

/** What a tensor is as many times as a number says, in whatever shape. */
export function withoutFactors(tensor: Tensor): Tensor {
  let one = tensor;
  while (one.op === 'view' || one.op === 'scale') one = one.of;
  return one;
}

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
