import type { GraphClassification, WeightJudgement } from '@widthwise/core';
import type { WeightTensor } from '../network/graph.ts';
import type { BuiltGraph } from './calculus-graph/build-graph.ts';
import { exponentsOf } from './exponents.ts';
import { parameterIn } from './forward/forward-pass.ts';
import type { Weight } from './weights.ts';

/** The weights that make tensors of which only relative sizes matter. */
export function scaleFreeIn(
  { nodes }: BuiltGraph,
  { scaleFree }: GraphClassification,
  weightOf: (tensor: WeightTensor) => Weight | undefined,
): ReadonlySet<Weight> {
  const free = new Set(scaleFree);
  const weights = new Set<Weight>();
  for (const [tensor, node] of nodes) {
    if (!free.has(node) || (tensor.op !== 'contract' && tensor.op !== 'add')) continue;
    for (const operand of tensor.of) {
      const parameter = parameterIn(operand);
      const weight = parameter === null ? undefined : weightOf(parameter);
      if (weight !== undefined) weights.add(weight);
    }
  }
  return weights;
}

/** The weights in front of norms, where their starts do not go together. */
export function rescaledWeights(
  scaleFree: ReadonlySet<Weight>,
  weights: ReadonlyMap<Weight, WeightJudgement>,
): ReadonlySet<Weight> {
  const together = [...scaleFree].every((weight) => {
    const right = weights.get(weight)?.rightInit ?? null;
    const { b } = exponentsOf(weight);
    return right === null || b === null || (b === 'zero' ? Number.POSITIVE_INFINITY : b) === right;
  });
  return together ? new Set() : scaleFree;
}
