import { isDataLength } from '../../../growth/product.ts';
import { literal } from '../../../growth/quantity.ts';
import { exactInteger } from '../../../interpret/values/numbers.ts';
import { dimensionAt } from '../../../network/layout.ts';
import { shapeOf, view } from '../../../network/tensor.ts';
import type { Operation, TensorCall } from './operation.ts';
import { meanOver } from './reductions.ts';

/**
 * Pooling over positions, which are the data's: each channel stays by itself. Over what is the model's it is followed where
 * it is their mean alone. To one position, that is what is left of them.
 */
function pooledOver(positions: number, how: string): Operation {
  const adapts = how.startsWith('adaptive');
  return (call) => {
    const { of, args, span } = call;
    const shape = shapeOf(of);
    if (shape === null || args.named.has('return_indices')) return undefined;
    const places = Array.from({ length: positions }, (_, at) => dimensionAt(shape, -1 - at));
    const areDatas = places.every(
      (place) => place === 'data' || (place !== null && isDataLength(shape.dims[place]!)),
    );
    const listed = places.filter((place) => typeof place === 'number');
    if (!areDatas) {
      const isMean = how === 'adaptive_avg' && toOne(call) && listed.length === positions;
      return isMean ? meanOver(of, { shape, places: listed, keeps: true, span }) : undefined;
    }
    if (!adapts || !toOne(call) || listed.length < positions) return of;
    const dims = shape.dims.map((dim, at) => (listed.includes(at) ? literal(1) : dim));
    return view(of, { shape: { ...shape, dims }, from: dims.map((_, at) => [at]) }, span);
  };
}

function toOne({ args }: TensorCall): boolean {
  const size = args.named.get('output_size') ?? args.positional[1];
  const sizes = size?.kind === 'list' ? size.items : size === undefined ? [] : [size];
  return sizes.length > 0 && sizes.every((one) => exactInteger(one) === 1);
}

export const POOLS: ReadonlyMap<string, Operation> = new Map(
  [1, 2, 3].flatMap((positions) =>
    ['avg', 'max', 'adaptive_avg', 'adaptive_max'].map(
      (how) => [`${how}_pool${positions}d`, pooledOver(positions, how)] as const,
    ),
  ),
);
