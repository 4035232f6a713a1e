import { grouped } from '../../grouped.ts';
import type { WeightTensor } from '../../network/graph.ts';
import type { Span } from '../../syntax/span.ts';
import { type ForwardPass, parameterIn } from './forward-pass.ts';

/** Where a forward pass multiplies by parameters or looks them up. */
export function usePlaces({ tensors }: ForwardPass): (uses: readonly WeightTensor[]) => readonly Span[] {
  const products = tensors.flatMap((tensor) =>
    tensor.op === 'contract'
      ? tensor.of.flatMap((operand) => {
          const weight = parameterIn(operand);
          return weight === null || tensor.span === null ? [] : [{ weight, span: tensor.span }];
        })
      : [],
  );
  const places = grouped(products, ({ weight }) => weight);
  return (uses) => uses.flatMap((use) => (places.get(use) ?? []).map(({ span }) => span));
}
