import type { Activated, Contraction, Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import { type Grows, isOfFirstLayer, isReadout } from '../forward/between-ends.ts';
import { passesFactors } from '../forward/kept-size.ts';
import {
  isActivationProduct,
  isLayerOutput,
  isMatrixProduct,
  isScaledProduct,
} from '../forward/matrix-product.ts';
import type { Exponents } from './exponents.ts';
import { type Factor, product, type Writing } from './placed.ts';
import { isOfSumsOfMany, mayBeOfSumsOfMany } from './sums-of-many.ts';

/**
 * The factor that whatever is made of a tensor begins with, as an exponent; 0 where there is no one, unknown where the one there is has not one exponent.
 *
 * A sum that is only used times a factor is the sum of its terms times that factor: (W x + b)/n is judged as W x/n + b/n.
 * In front of a matrix a factor is that product's: in V (x + y)/n features are x + y, whatever the readout divides by,
 * unless they are a few numbers at every width that sum n features up; in V W x/n they are W x, if V is a readout and W
 * sums nothing up that grows, or if the factor is not taken for that of W x + b. So is one of queries that of their product with
 * keys, where (W x + b)/√d stands for 1/√d of the logits. One behind a temperature stands before it: q·k τ/d is q·k/d
 * times τ. A factor behind ReLU is one in front of it.
 *
 * @param tensors operands before what is made of them
 */
export function factorsAhead(
  tensors: readonly Tensor[],
  exponents: Exponents,
  { speedOf, side }: Pick<Writing, 'speedOf' | 'side'>,
): ReadonlyMap<Tensor, Factor> {
  const lastFirst = tensors.toReversed();
  const isPassed = passedBy(exponents);
  const passes = (one: Tensor) => PASSES.has(one.op) || (one.op === 'contract' && isPassed(one));
  const isOfFeatures = (one: Tensor) => isActivationProduct(one) && !passes(one);
  const grows: Grows = (dimension) => {
    const speed = speedOf(dimension);
    return speed === null ? null : speed > 0;
  };
  const isLast = (one: Tensor) => isReadout(one, grows);
  const kept = new Set([
    ...[...before(lastFirst, isMatrixProduct, passes)].filter(
      (tensor) =>
        !isOfSumsOfMany(tensor, speedOf) &&
        (side === 'behind' || !(isLayerOutput(tensor, isPassed) || mayBeOfSumsOfMany(tensor, speedOf))),
    ),
    ...[...before(lastFirst, isLast, passes)].filter((tensor) =>
      isOfFirstLayer(tensor, grows, passesFactors),
    ),
    ...before(lastFirst, isOfFeatures, passes),
  ]);
  const ahead = new Map<Tensor, Factor>();
  for (const tensor of lastFirst) {
    if (kept.has(tensor)) ahead.delete(tensor);
    const factor = factorBy(tensor, ahead.get(tensor) ?? 0, exponents);
    for (const operand of operandsOf(tensor)) {
      const known = ahead.get(operand);
      ahead.set(operand, known === undefined || known === factor ? factor : 0);
    }
  }
  return ahead;
}

/** What has a factor on what it is made of as one on itself: φ(s x) = s φ(x), and a product with data or a gain. */
export function passedBy({
  ofProduct,
}: Pick<Exponents, 'ofProduct'>): (one: Contraction | Activated) => boolean {
  return (one) => (one.op === 'act' ? passesFactors(one) : ofProduct(one) !== null);
}

const PASSES: ReadonlySet<Tensor['op']> = new Set(['scale', 'view']);

/** What is a factor of a product, or has such a factor. */
function before(
  lastFirst: readonly Tensor[],
  isProduct: (tensor: Tensor) => boolean,
  passes: (tensor: Tensor) => boolean,
): ReadonlySet<Tensor> {
  const found = new Set<Tensor>();
  for (const tensor of lastFirst) {
    const isFactor = isProduct(tensor) || (passes(tensor) && found.has(tensor));
    if (isFactor) for (const operand of operandsOf(tensor)) found.add(operand);
  }
  return found;
}

function factorBy(tensor: Tensor, ahead: Factor, { ofMultiple, ofProduct }: Exponents): Factor {
  if (tensor.op === 'scale') {
    const exponent = ofMultiple(tensor);
    return product(exponent ?? 'unknown', ahead);
  }
  const exponent = tensor.op === 'contract' ? ofProduct(tensor) : null;
  if (exponent !== null) return product(exponent, ahead);
  const isPassed = tensor.op === 'act' ? passesFactors(tensor) : isScaledProduct(tensor);
  return tensor.op === 'view' || tensor.op === 'add' || isPassed ? ahead : 0;
}
