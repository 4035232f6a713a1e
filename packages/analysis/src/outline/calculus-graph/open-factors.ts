import type { Activated, Contraction, Tensor } from '../../network/graph.ts';
import { type Grows, isOfFirstLayer, isReadout } from '../forward/between-ends.ts';
import { parameterIn } from '../forward/forward-pass.ts';
import { passesFactors } from '../forward/kept-size.ts';
import { isHomogeneousOfLayers, isLayerOutput, isMatrixProduct } from '../forward/matrix-product.ts';
import type { Exponents } from './exponents.ts';
import { type Factor, product, type SpeedOf } from './placed.ts';
import { hasSumOfMany, isOfSumsOfMany, mayBeOfSumsOfMany } from './sums-of-many.ts';

/**
 * Of which kind the factors are that may be either's: 1/√n of V (W x/√n), of V (relu(W x)/√n), or of V (x/√n) where x may
 * be sums over n features.
 */
export type OpenFactor = 'of-layers' | 'of-activations' | 'of-sums';

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

/** The kind of the factors that may be either's, if any; where they are of several, what least is known of. */
function openFactorIn(factored: readonly Factored[], speedOf: SpeedOf): OpenFactor | null {
  const grows: Grows = (dimension) => {
    const speed = speedOf(dimension);
    return speed === null ? null : speed > 0;
  };
  const found = factored.map((one): OpenFactor | null => {
    if (one.factor === 'unknown' || isOfSumsOfMany(one.below, speedOf)) return null;
    return mayBeOfSumsOfMany(one.below, speedOf) ? 'of-sums' : ofLayer(one, grows);
  });
  return KINDS.find((kind) => found.includes(kind)) ?? null;
}

/** Of a factor behind a layer; that between the first one and the readout is the readout's. */
function ofLayer(
  { by, below, factor, isOfLayer, isOfActivation }: Factored,
  grows: Grows,
): OpenFactor | null {
  if (isReadout(by, grows) && isOfFirstLayer(below, grows, passesFactors)) return null;
  const falls = factor !== 'unknown' && factor > 0;
  if (isOfLayer && (falls || !isMatrixProduct(below))) return 'of-layers';
  return isOfActivation && falls ? 'of-activations' : null;
}

/** That of which least is known first. */
const KINDS: readonly OpenFactor[] = ['of-sums', 'of-layers', 'of-activations'];

interface Factored {
  readonly by: Tensor;
  readonly below: Tensor;
  readonly factor: Factor;
  /** Whether it is W x or W x + b. */
  readonly isOfLayer: boolean;
  /** Whether it is made of such by what passes factors on. */
  readonly isOfActivation: boolean;
}

/** What parameters are multiplied with that has a factor of its own. */
function factoredIn(tensors: readonly Tensor[], { ofMultiple, ofProduct }: Exponents): readonly Factored[] {
  const isPassed = (one: Contraction | Activated) => one.op === 'contract' && ofProduct(one) !== null;
  return tensors.flatMap((tensor) => {
    if (tensor.op !== 'contract' || !isMatrixProduct(tensor)) return [];
    return tensor.of.flatMap((operand) => {
      const { below, factor } = withoutFactors(operand, ofMultiple);
      if (factor === 0 || parameterIn(operand) !== null) return [];
      const isOfLayer = isLayerOutput(below, isPassed);
      const isOfActivation = !isOfLayer && isHomogeneousOfLayers(below);
      return [{ by: tensor, below, factor, isOfLayer, isOfActivation }];
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
