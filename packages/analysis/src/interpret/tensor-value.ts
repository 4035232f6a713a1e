import type { Flow } from '../network/flow.ts';
import type { Tensor } from '../network/graph.ts';

/** A tensor of a forward pass; its ways are what is left of those of a chain of layers. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: Tensor;
  readonly flows: readonly Flow[];
}
