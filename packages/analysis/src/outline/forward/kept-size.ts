import type { Activated, Tensor } from '../../network/graph.ts';
import { isData } from '../../network/tensor.ts';
import { parameterIn } from './forward-pass.ts';

/** Whether a tensor is its operand times a number, with biases added, or where it is above 0. */
export function keepsSize(tensor: Tensor): boolean {
  if (tensor.op === 'act') return passesFactors(tensor);
  if (tensor.op === 'add') return isBiased(tensor.of);
  return tensor.op === 'scale' || tensor.op === 'view';
}

/** φ(s x) = s φ(x) for s > 0: a factor in front of it is one behind it. */
export function passesFactors({ activation }: Activated): boolean {
  return activation === 'relu' || activation === 'leaky_relu';
}

/** φ(s x) = s^k φ(x) for another k than 1. */
export function isPower({ activation }: Activated): boolean {
  return activation === 'relu2' || activation === 'square' || activation === 'cube';
}

/** Whether a sum is of one thing and biases, or numbers and data that stand in for them. */
export function isBiased(terms: readonly Tensor[]): boolean {
  return terms.filter((one) => parameterIn(one) === null && !isData(one)).length < 2;
}
