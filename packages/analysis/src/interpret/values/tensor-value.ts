import type { Tensor } from '../../network/graph.ts';

/** A tensor of a forward pass. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: Tensor;
}
