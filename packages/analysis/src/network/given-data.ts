import { isDataLength, isOne } from '../growth/product.ts';
import { originsOf } from './data.ts';
import type { Shape, Tensor } from './graph.ts';
import { operandsOf, shapeOf } from './tensor.ts';

/** Whether what a model is given has a part in data. */
export function isOfGiven(data: Tensor): boolean {
  return rootsOf(data).some(isGiven);
}

/**
 * Whether data was made of what a model is given, as a mask of lengths is, and beside that of nothing but single numbers
 * and what is as long as the data: positions.
 */
export function isOfGivenAlone(data: Tensor): boolean {
  const roots = rootsOf(data);
  return roots.some(isGiven) && roots.every((one) => isGiven(one) || isLikeData(shapeOf(one)));
}

/** Whether all dimensions are the data's, or one entry long. */
function isLikeData(shape: Shape | null): boolean {
  return shape?.dims.every((length) => isOne(length) || isDataLength(length)) === true && !shape.open;
}

function isGiven(root: Tensor): boolean {
  return root.op === 'input' && root.span === null && root.fill === null;
}

/** What data was made of that was itself made of nothing. */
export function rootsOf(data: Tensor): readonly Tensor[] {
  const roots: Tensor[] = [];
  const seen = new Set([data]);
  // What is added to a set while it is gone through is met, too.
  for (const one of seen) {
    const parts = [...operandsOf(one), ...originsOf(one)].filter((part) => part !== one);
    if (parts.length === 0) roots.push(one);
    for (const part of parts) seen.add(part);
  }
  return roots;
}
