import { DATA_LENGTH } from '../growth/product.ts';
import type { Span } from '../syntax/span.ts';
import type { Tensor } from './graph.ts';
import { isOver } from './statistics.ts';
import { softmax } from './tensor.ts';

/** exp(z) / Σ exp(z) over a number of entries that is the data's: a softmax, written out. */
export function writtenSoftmax(left: Tensor, total: Tensor, span: Span | null): Tensor | null {
  const powers = withoutViews(left);
  if (powers.op !== 'act' || powers.activation !== 'exp' || !isOver(total, left)) return null;
  return softmax(withoutLargest(powers.of), DATA_LENGTH, span);
}

/** z of z − max z, of which a softmax is that of z. */
function withoutLargest(tensor: Tensor): Tensor {
  const [left, right, ...more] = tensor.op === 'add' ? tensor.of : [];
  if (left === undefined || right === undefined || more.length > 0) return tensor;
  return right !== left && withoutViews(right) === withoutViews(left) ? left : tensor;
}

function withoutViews(tensor: Tensor): Tensor {
  return tensor.op === 'view' && tensor.part === null ? withoutViews(tensor.of) : tensor;
}
