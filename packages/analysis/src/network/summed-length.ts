import { isPartlyUnknown, type Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { asIs } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { withDataBeside } from './shape.ts';
import { isData, shapeOf, view } from './tensor.ts';

/** What a matrix is applied to: its last dimension is as long as the matrix sums over, also where a reshape leaves it open. */
export function withSummed(of: Tensor, summed: Quantity, span: Span | null): Tensor {
  const shape = shapeOf(of);
  const last = shape?.dims.at(-1);
  if (shape === null || last === undefined) return asIs(of, { dims: [summed], open: true }, span);
  if (!isPartlyUnknown(last) || isPartlyUnknown(summed)) return of;
  const before = of.op === 'view' && of.part === null && !isData(of) ? shapeOf(of.of) : null;
  if (before === null) return of;
  const dims = [...shape.dims.slice(0, -1), summed];
  const known = withDataBeside(dims, before);
  return view(of, { shape: { ...shape, dims: known }, from: dims.map((_, at) => [at]) }, span);
}
