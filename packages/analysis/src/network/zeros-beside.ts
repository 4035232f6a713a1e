import { productKey } from '../growth/product.ts';
import type { Joined, Tensor } from './graph.ts';
import { once } from './once.ts';

/** A tensor of which a dimension is joined of so long stretches, and of zeros. */
export function besideZeros(made: Tensor, dimension: Joined): Tensor {
  const key = [dimension.whole, ...dimension.filled].map(productKey).join(' ');
  return once(made, `beside zeros ${key}`, { ...made, joined: [...(made.joined ?? []), dimension] });
}
