import type { Contraction, Tensor } from '../../network/graph.ts';
import { sumsOver } from '../../network/tensor.ts';
import { dataProductIn, gainedIn } from './data-growth.ts';
import { parameterIn } from './forward-pass.ts';

/** Whether a tensor is a parameter applied to another tensor, with a sum over what both have: W x, and no gain g ⊙ x. */
export function isMatrixProduct(tensor: Tensor): boolean {
  return tensor.op === 'contract' && tensor.of.some((one) => parameterIn(one) !== null) && sumsOver(tensor);
}

/** Whether a tensor is a product of two that the network computes, with a sum over what both have: q·k. */
export function isActivationProduct(tensor: Tensor): boolean {
  return tensor.op === 'contract' && tensor.of.every((one) => parameterIn(one) === null) && sumsOver(tensor);
}

/** Whether a tensor is such a product, or a sum with one, times something entry by entry, such as a temperature. */
export function isScaledProduct(tensor: Tensor): boolean {
  return tensor.op === 'contract' && !sumsOver(tensor) && tensor.of.some(hasProduct);
}

/** Whether a tensor is a product of two that the network computes, times a number or in a sum. */
function hasProduct(tensor: Tensor): boolean {
  if (tensor.op === 'view' || tensor.op === 'scale') return hasProduct(tensor.of);
  return tensor.op === 'add' ? tensor.of.some(hasProduct) : isActivationProduct(tensor);
}

/** Whether a tensor is W x or W x + b, maybe in another shape or times a number, or what a product of it passes on. */
export function isLayerOutput(
  tensor: Tensor,
  passes: (product: Contraction) => boolean = () => false,
): boolean {
  let one: Tensor | undefined = tensor;
  while (one !== undefined && !isMatrixProduct(one)) {
    if (one.op === 'view' || one.op === 'scale') one = one.of;
    else if (one.op === 'add') {
      const terms: readonly Tensor[] = one.of.filter((term) => parameterIn(term) === null);
      one = terms.length === 1 ? terms[0] : undefined;
    } else if (one.op === 'contract' && passes(one)) one = (dataProductIn(one) ?? gainedIn(one))?.features;
    else return false;
  }
  return one !== undefined;
}
