import type { Contraction, WeightTensor } from '../network/graph.ts';
import { type ContractionSide, sidesOf } from './forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from './forward/forward-pass.ts';
import type { Weight } from './weights.ts';

/** A product of a weight, in whatever units or order, with something. */
export interface WeightUse {
  readonly product: Contraction;
  readonly side: ContractionSide;
  readonly weight: Weight;
}

/** The products of weights in a forward pass, in its order. */
export function weightUsesIn(
  { tensors }: Pick<ForwardPass, 'tensors'>,
  weightOf: (tensor: WeightTensor) => Weight | undefined,
): readonly WeightUse[] {
  const products = tensors.filter((tensor) => tensor.op === 'contract');
  return products.flatMap((product) =>
    sidesOf(product).flatMap((side): readonly WeightUse[] => {
      const parameter = parameterIn(side.of);
      const weight = parameter === null ? undefined : weightOf(parameter);
      return weight === undefined ? [] : [{ product, side, weight }];
    }),
  );
}
