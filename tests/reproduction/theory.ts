import { classify, layerInvariants, PARAMETRIZATIONS, type ParametrizationId } from '@widthwise/core';
import { DEPTH } from './measured.ts';
import type { Quantity } from './summary.ts';

/**
 * The slope over widths that the calculus of exponents foretells, at a fixed number of steps; null where it knows none.
 *
 *     change      −r                    r the exponent of Δhˡ relative to hˡ
 *     λ_min       1 − 2p and −2p        p the exponent of hˡ, of a Gram that is not divided by n and of one that is
 *     joint       the same with p + r   of the part that training adds to features that have started at n^−p
 */
export function foretold(id: ParametrizationId, quantity: Quantity, layer: number): number | null {
  const { B, C } = layerInvariants(PARAMETRIZATIONS[id], DEPTH);
  const { features, relative } = classify({ B, C, optimizer: 'sgd' });
  const [moved, share] = [features[layer - 1] ?? null, relative[layer - 1] ?? null];
  if (moved === null || share === null) return null;
  const start = moved - share;
  switch (quantity) {
    case 'change':
      return -share;
    case 'lambdaMin':
      return 1 - 2 * Math.min(start, moved);
    case 'richness':
      return -2 * Math.min(start, moved);
    // What training adds has the rank of its steps, and is no part of its own where features only grow along themselves.
    case 'lambdaMinJoint':
      return start === 0 ? 1 - 2 * moved : null;
    case 'richnessJoint':
      return start === 0 ? -2 * moved : null;
  }
}
