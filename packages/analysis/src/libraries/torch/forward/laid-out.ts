import type { Tensor } from '../../../network/graph.ts';
import { type Layout, UNKNOWN_LAYOUT } from '../../../network/layout.ts';
import { shapeOf, view } from '../../../network/tensor.ts';
import type { TensorCall } from './operation.ts';

/** The tensor in a layout that its shape decides. */
export function laidOut(
  { of, span }: TensorCall,
  lay: (shape: NonNullable<Tensor['shape']>) => Layout,
): Tensor {
  const shape = shapeOf(of);
  return view(of, shape === null ? UNKNOWN_LAYOUT : lay(shape), span);
}
