import type { Contraction, Tensor } from '../../network/graph.ts';
import { isOfParameters, sumsOver } from '../../network/tensor.ts';
import { parameterIn } from '../forward/forward-pass.ts';
import type { Exponents } from './exponents.ts';
import { type Factor, product } from './placed.ts';

/**
 * Whether features are multiplied entry by entry with a parameter that is normalized and as long at every width, as
 * `F.normalize(u, dim=0)` is: no start and no rate makes what it gives larger, so that what is right for it and behind it is
 * not what is right beside features of size Θ(1).
 */
export function isGainOfLength(tensor: Contraction, exponents: Exponents): boolean {
  const { of } = tensor;
  if (sumsOver(tensor) || of.every(isOfParameters)) return false;
  return of.some((one) => parameterIn(one) !== null && factorOnNorm(one, exponents) !== 0);
}

/** The factors on what a norm makes, 0 where there is no norm. */
function factorOnNorm(tensor: Tensor, { ofMultiple }: Exponents): Factor {
  let [one, factor]: [Tensor, Factor] = [tensor, 0];
  while (one.op === 'view' || one.op === 'scale') {
    if (one.op === 'scale') factor = product(factor, ofMultiple(one) ?? 'unknown');
    one = one.of;
  }
  return one.op === 'norm' ? factor : 0;
}
