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

/** The weights in front of norms, where something is wrong there and their starts do not go together. */
export function rescaledWeights(
  scaleFree: ReadonlySet<Weight>,
  weights: ReadonlyMap<Weight, WeightJudgement>,
): ReadonlySet<Weight> {
  const isRight = [...scaleFree].every((weight) => isRightHere(weight, weights.get(weight)));
  return isRight || new Set([...scaleFree].flatMap(deviationOf)).size < 2 ? new Set() : scaleFree;
}

function isRightHere(weight: Weight, judged: WeightJudgement | undefined): boolean {
  const { b, c } = exponentsOf(weight);
  const isSame = (right: number | null | undefined, own: number | null) =>
    right == null || own === null || right === own;
  const start = b === 'zero' ? Number.POSITIVE_INFINITY : b;
  return isSame(judged?.rightInit, start) && isSame(judged?.rightRate, c);
}

/** By how much a start differs from the one that gives what it makes the size of its input; of none that vanishes. */
function deviationOf(weight: Weight): readonly number[] {
  const { a, b } = exponentsOf(weight);
  const { speeds } = weight;
  if (typeof b !== 'number' || a === null || speeds === null || weight.dims?.length === 1) return [];
  return [b + a - speeds.into + Math.min(speeds.into, speeds.out) / 2];
}
