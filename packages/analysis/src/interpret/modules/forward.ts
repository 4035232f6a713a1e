import { affine, convolution } from '../../network/convolution.ts';
import { gained, lookup, sum } from '../../network/elementwise.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Guard } from '../../network/guard.ts';
import { type Layer, parameterOf, parametersOf } from '../../network/layer.ts';
import { linear } from '../../network/linear.ts';
import { batchNorm, choice, norm, shapeOf, unread } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { type Place, tensorIn } from './tensors.ts';

/** What a layer of the framework makes of a tensor, by the parameters that it has. */
export function forwardOf(layer: Layer, of: Tensor, { frame, span }: Place): Tensor {
  const used = (which: string) => parameterIn(layer, which, frame);
  const [matrix, bias] = [used('weight'), used('bias')];
  const biased = (made: Tensor) => withBias(made, { layer, bias, span });
  switch (layer.family) {
    case 'linear':
      if (matrix !== null) return biased(linear(of, { matrix, bias: null, span }));
      break;
    case 'embedding':
      if (matrix !== null) return lookup(of, matrix, span);
      break;
    case 'norm': {
      const made = /(?:Batch|Instance)Norm/.test(layer.qualified) ? batchNorm(of, span) : norm(of, span);
      if (/(?:Batch|Group|Instance)Norm/.test(layer.qualified))
        return affine(made, { gain: matrix, bias, span });
      return biased(matrix === null ? made : gained(made, matrix, span));
    }
    case 'convolution':
    case 'transposed-convolution':
      if (matrix !== null) {
        const transposed = layer.family === 'transposed-convolution';
        return withChoice(layer, bias, span, (one) =>
          convolution(of, { weight: matrix, bias: one, transposed, span }),
        );
      }
      break;
    case 'weightless':
      return pooled(layer.qualified, of, span);
    default:
  }
  return unread([of, ...parametersIn(layer, frame)], layer.qualified, span);
}

/** A code base that lets biases be chosen has all of its layers with them, or none. */
const HAS_BIAS: Guard = { text: 'bias', ofCall: false, asks: null };

/** With and without the bias where it is not known whether the layer has one. */
function withChoice(
  layer: Layer,
  bias: Tensor | null,
  span: Span,
  make: (bias: Tensor | null) => Tensor,
): Tensor {
  if (bias === null || parameterOf({ kind: 'parameter', layer, which: 'bias' })?.present !== null)
    return make(bias);
  return choice([make(bias), make(null)], HAS_BIAS, span);
}

/** Layers that leave each channel by itself: pooling, padding, resampling. */
const BY_CHANNEL = /(?:Pool|Pad)\dd$|Upsampl|Unpool/;

/** What a layer without a weight makes of a tensor: the channels stay, the positions are the data's. */
function pooled(qualified: string, of: Tensor, span: Span): Tensor {
  const shape = shapeOf(of);
  if (!BY_CHANNEL.test(qualified) || shape === null) return unread([of], qualified, span);
  return of;
}

/** The tensors that the parameters of a layer are in a forward pass. */
export function parametersIn(layer: Layer, frame: Place['frame']): readonly Tensor[] {
  return parametersOf(layer).flatMap((parameter) => tensorIn(parameter, frame) ?? []);
}

/** With the bias where the layer has one, and perhaps where it is not known whether. */
function withBias(
  made: Tensor,
  { layer, bias, span }: { readonly layer: Layer; readonly bias: Tensor | null; readonly span: Span },
): Tensor {
  if (bias === null) return made;
  const added = sum([made, bias], span);
  const known = parameterOf({ kind: 'parameter', layer, which: 'bias' })?.present !== null;
  return known ? added : choice([added, made], HAS_BIAS, span);
}

/** A parameter of a layer as a tensor of the graph; null for one that it does not have. */
export function parameterIn(layer: Layer, which: string, frame: Place['frame']): Tensor | null {
  const parameter = parametersOf(layer).find((one) => one.which === which);
  return parameter === undefined ? null : tensorIn(parameter, frame);
}
