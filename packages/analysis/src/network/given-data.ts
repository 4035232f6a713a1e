import { originsOf } from './data.ts';
import type { Tensor } from './graph.ts';
import { isScalar } from './shape.ts';
import { operandsOf, shapeOf } from './tensor.ts';

/** Whether what a model is given has a part in data. */
export function isOfGiven(data: Tensor): boolean {
  return rootsOf(data).some(isGiven);
}

/** Whether data was made of what a model is given, and of nothing but that and single numbers. */
export function isOfGivenAlone(data: Tensor): boolean {
  const roots = rootsOf(data).filter((one) => isGiven(one) || !isScalar(shapeOf(one)));
  return roots.length > 0 && roots.every(isGiven);
}

function isGiven(root: Tensor): boolean {
  return root.op === 'input' && root.span === null && root.fill === null;
}

/** What data was made of that was itself made of nothing. */
function rootsOf(data: Tensor): readonly Tensor[] {
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
