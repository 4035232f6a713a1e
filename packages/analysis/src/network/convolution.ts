import { DATA_LENGTH, isDataLength } from '../growth/product.ts';
import { literal } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { product, sum } from './elementwise.ts';
import type { Shape, Tensor } from './graph.ts';
import { contract, isData, shapeOf, unread, view } from './tensor.ts';

interface Kernel {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  /** Whether the weight's dimensions are (in, out, …) as a transposed convolution has them. */
  readonly transposed: boolean;
  readonly span: Span | null;
}

/** As many dimensions of positions as kernels have. */
const MOST_POSITIONS = 3;

/**
 * A convolution: a contraction over channels and the places of the kernel, along which its input is unfolded.
 *
 * One of groups is given by its weight: the dimension of channels that it has left is 1 for a depthwise one.
 */
export function convolution(of: Tensor, { weight, bias, transposed, span }: Kernel): Tensor {
  const kernel = shapeOf(weight)?.dims;
  const positions = (kernel?.length ?? 0) - 2;
  if (kernel === undefined || positions < 1 || positions > MOST_POSITIONS) {
    return unread([of, weight, ...(bias === null ? [] : [bias])], 'a convolution of unknown shape', span);
  }
  const [first, second] = kernel;
  const into = transposed ? first : second;
  const out = transposed ? second : first;
  if (into === undefined || out === undefined)
    return unread([of, weight], 'a convolution of unknown shape', span);
  const places = kernel.slice(2);
  const unfolded: Shape = {
    dims: [
      DATA_LENGTH,
      areDatas(of, positions) ? DATA_LENGTH : into,
      ...places.map(() => DATA_LENGTH),
      ...places,
    ],
    open: false,
  };
  const given = view(of, { shape: unfolded, from: fromChannels(of, positions) }, span);
  const kernelNames = 'uvw'.slice(0, positions);
  const positionNames = 'xyz'.slice(0, positions);
  const isDepthwise = into.op === 'literal' && into.value === 1 && !isOneChannel(of, positions);
  if (isDepthwise) return depthwise(of, { weight, bias, transposed, span });
  const made = contract(
    given,
    weight,
    {
      left: `bi${positionNames}${kernelNames}`,
      right: `${transposed ? 'io' : 'oi'}${kernelNames}`,
      out: `bo${positionNames}`,
    },
    span,
  );
  return biased(made, { bias, positions, span });
}

/** Each channel by itself: no sum over channels. */
function depthwise(of: Tensor, { weight, bias, span }: Kernel): Tensor {
  const kernel = shapeOf(weight)?.dims ?? [];
  const positions = kernel.length - 2;
  const [channels = literal(1)] = kernel;
  const places = kernel.slice(2);
  const unfolded: Shape = {
    dims: [DATA_LENGTH, channels, ...places.map(() => DATA_LENGTH), ...places],
    open: false,
  };
  const given = view(of, { shape: unfolded, from: fromChannels(of, positions) }, span);
  const kernelNames = 'uvw'.slice(0, positions);
  const positionNames = 'xyz'.slice(0, positions);
  const axes = {
    left: `bc${positionNames}${kernelNames}`,
    right: `co${kernelNames}`,
    out: `bc${positionNames}`,
  };
  return biased(contract(given, weight, axes, span), { bias, positions, span });
}

function isOneChannel(of: Tensor, positions: number): boolean {
  const channels = shapeOf(of)?.dims.at(-positions - 1);
  return channels === undefined || (channels.op === 'literal' && channels.value === 1);
}

/** Whether what stands where channels do is the data's, as positions are in `(batch, positions, features)`. */
function areDatas(of: Tensor, positions: number): boolean {
  const shape = shapeOf(of);
  if (shape === null || shape.dims.length === 0 || isData(of)) return false;
  const channels = shape.dims.at(-positions - 1);
  return channels === undefined ? shape.open : isDataLength(channels);
}

/** Of which dimensions of an input its channels and positions are made. */
function fromChannels(of: Tensor, positions: number): readonly (readonly number[])[] | null {
  const shape = shapeOf(of);
  if (shape === null || shape.dims.length < positions + 1) return null;
  const channel = shape.dims.length - positions - 1;
  const along = Array.from({ length: positions }, (_, at) => [channel + 1 + at]);
  return [channel > 0 ? [channel - 1] : [], [channel], ...along, ...along];
}

function biased(
  made: Tensor,
  {
    bias,
    positions,
    span,
  }: { readonly bias: Tensor | null; readonly positions: number; readonly span: Span | null },
): Tensor {
  return bias === null ? made : sum([made, perChannel(bias, positions, span)], span);
}

/** A gain or bias of channels, behind which so many dimensions of positions stand. */
function perChannel(of: Tensor, positions: number, span: Span | null): Tensor {
  const dims = shapeOf(of)?.dims ?? [];
  const ones = Array.from({ length: positions }, () => literal(1));
  return view(
    of,
    { shape: { dims: [...dims, ...ones], open: false }, from: [[0], ...ones.map(() => [])] },
    span,
  );
}

/** Times a gain and plus a bias for each channel of a normalization; channels come before the positions. */
export function affine(
  made: Tensor,
  { gain, bias, span }: { readonly gain: Tensor | null; readonly bias: Tensor | null; readonly span: Span },
): Tensor {
  const shape = shapeOf(made);
  const positions = shape === null || shape.open ? 0 : Math.max(0, shape.dims.length - 2);
  const gained = gain === null ? made : product(made, perChannel(gain, positions, span), span);
  return bias === null ? gained : sum([gained, perChannel(bias, positions, span)], span);
}
