import { DATA_LENGTH, quotientOf } from '../growth/product.ts';
import { type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Tensor } from './graph.ts';
import { swapped, withLength } from './layout.ts';
import { matmul } from './products.ts';
import { lastOf, listed } from './shape.ts';
import { partOf, scale, shapeOf, softmax, unread, view } from './tensor.ts';

interface Attended {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  /** What q·k is multiplied by. */
  readonly factor: Quantity;
  readonly span: Span | null;
}

/** softmax(q·k · factor) v over the last two dimensions, as many positions as the data has. */
export function attended({ query, key, value, factor, span }: Attended): Tensor {
  const keys = shapeOf(key);
  if (keys === null) return unread([query, key, value], 'attention of unknown shape', span);
  const turned = view(key, swapped(listed(keys, 2), -2, -1), span);
  const logits = scale(matmul(query, turned, span), factor, span);
  return matmul(softmax(logits, lastOf(shapeOf(logits)) ?? UNKNOWN_QUANTITY, span), value, span);
}

/** One of three parts of the last dimension, which a matrix for queries, keys and values makes at once. */
export function third(of: Tensor, at: 0 | 1 | 2, width: Quantity, span: Span | null): Tensor {
  const shape = shapeOf(of);
  if (shape === null || shape.dims.length === 0) return unread([of], 'a part of unknown shape', span);
  const dim = shape.dims.length - 1;
  return partOf(of, { dim, name: `${at} of 3` }, withLength(shape, dim, width), span);
}

/** (…, features) as (…, heads, positions, features of a head). */
export function inHeads(of: Tensor, width: Quantity, heads: Quantity, span: Span | null): Tensor {
  const last = (shapeOf(of)?.dims.length ?? 1) - 1;
  const dims = [heads, DATA_LENGTH, quotientOf(width, heads)];
  return view(of, { shape: { dims, open: true }, from: [[last], last > 0 ? [last - 1] : [], [last]] }, span);
}

/** (…, heads, positions, features of a head) as (…, features). */
export function outOfHeads(of: Tensor, width: Quantity, span: Span | null): Tensor {
  return view(of, { shape: { dims: [width], open: true }, from: [[0, 2]] }, span);
}
