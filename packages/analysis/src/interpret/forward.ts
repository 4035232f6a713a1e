import { linear, lookup, product, sum } from '../network/elementwise.ts';
import type { Guard, Tensor } from '../network/graph.ts';
import { type Layer, parameterOf, parametersOf } from '../network/layer.ts';
import { choice, norm, unread } from '../network/tensor.ts';
import type { Span } from '../syntax/span.ts';
import { type Place, tensorIn } from './tensors.ts';

/** What a layer of the framework makes of a tensor, by the parameters that it has. */
export function forwardOf(layer: Layer, of: Tensor, { frame, span }: Place): Tensor {
  const used = (which: string) => {
    const parameter = parametersOf(layer).find((one) => one.which === which);
    return parameter === undefined ? null : tensorIn(parameter, frame);
  };
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
      const made = norm(of, span);
      return biased(matrix === null ? made : product(made, matrix, span));
    }
    default:
  }
  return unread([of, ...parametersIn(layer, frame)], layer.qualified, span);
}

/** A code base that lets biases be chosen has all of its layers with them, or none. */
const HAS_BIAS: Guard = { text: 'bias' };

function parametersIn(layer: Layer, frame: Place['frame']): readonly Tensor[] {
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
