import type { Graph } from './graph.ts';
import type { GraphClassification } from './graph-classification.ts';

/**
 * What a network does as its width grows, and of each weight whether its start and its rate are too large, right or
 * too small.
 *
 * @throws RangeError for a graph that is not one
 * @see docs/math.md#exponent-calculus
 */
export function classifyGraph(_graph: Graph): GraphClassification {
  throw new RangeError('classifyGraph: not yet there');
}
