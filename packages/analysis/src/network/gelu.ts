import type { Span } from '../syntax/span.ts';
import type { Tensor } from './graph.ts';
import { act, isData, scale } from './tensor.ts';

/** ½x · (1 + tanh(√(2/π)(x + 0.044715x³))) or ½x · (1 + erf(x/√2)) is GELU; null for what is no such product. */
export function geluOf(half: Tensor, rest: Tensor, span: Span | null): Tensor | null {
  const of = half.op === 'scale' ? half.of : half;
  if (rest.op !== 'add' || rest.of.length !== 2) return null;
  const step = rest.of.find((one) => one.op === 'act');
  const one = rest.of.find((other) => other !== step);
  if (step?.op !== 'act' || one === undefined || !isData(one)) return null;
  const inside = withoutFactor(step.of);
  const isGelu =
    (step.activation === 'erf' && inside === of) || (step.activation === 'tanh' && isCubic(inside, of));
  if (!isGelu) return null;
  return half.op === 'scale' ? scale(act(of, 'gelu', span), half.factor, span) : act(of, 'gelu', span);
}

function isCubic(inside: Tensor, of: Tensor): boolean {
  if (inside.op !== 'add' || !inside.of.includes(of)) return false;
  const cube = withoutFactor(inside.of.find((one) => one !== of) ?? of);
  return cube.op === 'act' && cube.activation === 'cube' && cube.of === of;
}

function withoutFactor(tensor: Tensor): Tensor {
  return tensor.op === 'scale' ? tensor.of : tensor;
}
