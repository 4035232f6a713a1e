import type { Contraction, Tensor } from '../../network/graph.ts';
import { type Grows, isOfFirstLayer, isReadout } from '../forward/between-ends.ts';
import { parameterIn } from '../forward/forward-pass.ts';
import { isLayerOutput, isMatrixProduct } from '../forward/matrix-product.ts';
import type { Exponents } from './exponents.ts';
import { type Factor, product, type SpeedOf } from './placed.ts';
import { hasSumOfMany, isOfSumsOfMany, mayBeOfSumsOfMany } from './sums-of-many.ts';

/** Of which kind the factors are that may be either's: 1/√n of V (W x/√n), or of V (x/√n) where x may be sums over n features. */
export type OpenFactor = 'of-layers' | 'of-sums';

/** What is said of the factors on what parameters are multiplied with. */
export interface OpenFactors {
  /** The kind of those that may be either's; null where there is none. */
  readonly openFactor: OpenFactor | null;
  /** Whether one stands on a sum with sums over n features in it, and is no multiplier of one weight. */
  readonly hasFactorOnSums: boolean;
}

export function openFactorsIn(
  tensors: readonly Tensor[],
  exponents: Exponents,
  speedOf: SpeedOf,
): OpenFactors {
  const factored = factoredIn(tensors, exponents);
  return {
    openFactor: openFactorIn(factored, speedOf),
    hasFactorOnSums: factored.some(({ below, isOfLayer }) => !isOfLayer && hasSumOfMany(below, speedOf)),
  };
}

/** The kind of the factors that may be either's, if any; where they are of both, what less is known of. */
function openFactorIn(factored: readonly Factored[], speedOf: SpeedOf): OpenFactor | null {
  const grows: Grows = (dimension) => {
    const speed = speedOf(dimension);
    return speed === null ? null : speed > 0;
  };
  const found = factored.flatMap(({ below, factor, isOfLayer, by }): readonly OpenFactor[] => {
    if (factor === 'unknown' || isOfSumsOfMany(below, speedOf)) return [];
    if (mayBeOfSumsOfMany(below, speedOf)) return ['of-sums'];
    // That between the first layer and the readout is the readout's.
    if (isReadout(by, grows) && isOfFirstLayer(below, grows)) return [];
    return isOfLayer && (factor > 0 || !isMatrixProduct(below)) ? ['of-layers'] : [];
  });
  return found.includes('of-sums') ? 'of-sums' : (found[0] ?? null);
}

interface Factored {
  readonly by: Tensor;
  readonly below: Tensor;
  readonly factor: Factor;
  /** Whether it is W x or W x + b. */
  readonly isOfLayer: boolean;
}

/** What parameters are multiplied with that has a factor of its own. */
function factoredIn(tensors: readonly Tensor[], { ofMultiple, ofProduct }: Exponents): readonly Factored[] {
  const isPassed = (one: Contraction) => ofProduct(one) !== null;
  return tensors.flatMap((tensor) => {
    if (tensor.op !== 'contract' || !isMatrixProduct(tensor)) return [];
    return tensor.of.flatMap((operand) => {
      const { below, factor } = withoutFactors(operand, ofMultiple);
      if (factor === 0 || parameterIn(operand) !== null) return [];
      return [{ by: tensor, below, factor, isOfLayer: isLayerOutput(below, isPassed) }];
    });
  });
}

/** What a tensor is a multiple of, and by which factor. */
function withoutFactors(
  tensor: Tensor,
  ofMultiple: Exponents['ofMultiple'],
): { readonly below: Tensor; readonly factor: Factor } {
  let [below, factor]: [Tensor, Factor] = [tensor, 0];
  while (below.op === 'scale' || below.op === 'view') {
    if (below.op === 'scale') factor = product(factor, ofMultiple(below) ?? 'unknown');
    below = below.of;
  }
  return { below, factor };
}
