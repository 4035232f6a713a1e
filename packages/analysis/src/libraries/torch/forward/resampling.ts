import { DATA, DATA_LENGTH, isDataLength } from '../../../growth/product.ts';
import { isPartlyUnknown, pair, power, type Quantity, symbolsOf } from '../../../growth/quantity.ts';
import { ONE } from '../../../growth/rational.ts';
import type { Shape } from '../../../network/graph.ts';
import type { Layout } from '../../../network/layout.ts';
import { isData, isOfParameters, shapeOf, view } from '../../../network/tensor.ts';
import { lengthsIn, type Operation, quantityAt, type TensorCall, valueAt } from './operation.ts';

/**
 * The place of the channels where all other dimensions that are listed are positions of the data's; undefined where the last
 * one is not, or where it is not clear which one has the channels.
 */
export function channelsOf(shape: Shape): number | undefined {
  const models = shape.dims.flatMap((dim, at) => (isDataLength(dim) ? [] : [at]));
  const [channels] = models;
  const isLast = channels === shape.dims.length - 1;
  return models.length === 1 && !isLast ? channels : undefined;
}

/** Other positions, between those there are: each channel stays by itself, of the size it had. */
const resampled: Operation = (call) => {
  const { of, span } = call;
  const shape = shapeOf(of);
  if (isData(of) || (shape !== null && channelsOf(shape) !== undefined)) return of;
  if (shape === null || shape.open || shape.dims.length < LEAST || !isOfParameters(of)) return undefined;
  return areAsManyAsData(call) ? view(of, atDatasPlaces(shape), span) : undefined;
};

/** What is resampled has a batch, channels and positions. */
const LEAST = 3;

/** A table of positions as the data has them: as many for each of its dimensions behind the channels. */
function atDatasPlaces({ dims, open }: Shape): Layout {
  const resized = dims.map((length, at) => (at < LEAST - 1 ? length : DATA_LENGTH));
  return { shape: { dims: resized, open }, from: dims.map((_, at) => [at]) };
}

/** Whether the data alone says how many positions there are then. */
function areAsManyAsData(call: TensorCall): boolean {
  const size = valueAt(call, 'size', 1);
  const given = size === undefined || size.kind === 'none' ? null : lengthsIn([size]);
  if (given === null || (given.lengths.length === 0 && !given.open)) return false;
  return given.lengths.every((length) => length !== 'rest' && isOfData(length));
}

function isOfData(length: Quantity): boolean {
  const symbols = [...symbolsOf(length)];
  return symbols.length > 0 && symbols.every((symbol) => symbol === DATA) && !isPartlyUnknown(length);
}

/** r² channels as one of r × r positions, or the other way round. */
const shuffled =
  (operation: 'divide' | 'multiply', name: string): Operation =>
  (call) => {
    const { of, span } = call;
    const shape = shapeOf(of);
    const factor = quantityAt(call, name, 1);
    if (isData(of)) return of;
    const channels = shape === null ? undefined : channelsOf(shape);
    if (shape === null || channels === undefined || factor === null) return undefined;
    const squared = power(factor, { ...ONE, numerator: 2 });
    const dims = shape.dims.map((dim, at) => (at === channels ? pair(operation, dim, squared) : dim));
    const from = dims.map((_, at) => (operation === 'divide' && at !== channels ? [at, channels] : [at]));
    return view(of, { shape: { ...shape, dims }, from }, span);
  };

/** The same channels in another order. */
const reordered: Operation = ({ of }) => of;

/** What makes other positions of those there are. */
export const RESAMPLING: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...['interpolate', 'upsample', 'upsample_nearest', 'upsample_bilinear', 'grid_sample'].map(
    (name) => [name, resampled] as const,
  ),
  ['pixel_shuffle', shuffled('divide', 'upscale_factor')],
  ['pixel_unshuffle', shuffled('multiply', 'downscale_factor')],
  ['channel_shuffle', reordered],
]);
