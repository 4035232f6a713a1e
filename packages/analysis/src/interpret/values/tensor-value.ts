import type { Quantity } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';

/** A tensor of a forward pass. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: Tensor;
  /** Of what stands for each of several that are not told apart: how many there are. */
  readonly count?: Quantity;
}
