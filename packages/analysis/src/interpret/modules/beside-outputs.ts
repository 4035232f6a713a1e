import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { Trace } from '../machine/run-trace.ts';

/** More tensors than code puts between a model and its loss. */
const MOST_TENSORS = 4_000;

/**
 * The weights behind features of which a loss is made beside what a model gives, as by `loss + (h ** 2).sum()`: how large
 * their gradients are the output alone does not say. None where the loss is not of an output, too.
 */
export function weightsBeside(
  losses: readonly Tensor[],
  { outputs }: Pick<Trace, 'outputs'>,
): readonly WeightTensor[] {
  const [seen, features] = [new Set<Tensor>(), new Set<Tensor>()];
  let isOfOutput = false;
  const ahead = [...losses];
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor) || seen.size > MOST_TENSORS) continue;
    seen.add(tensor);
    if (outputs.has(tensor)) {
      isOfOutput = true;
      continue;
    }
    const own = featuresAt(tensor);
    for (const one of own) features.add(one);
    if (!own.includes(tensor)) ahead.push(...operandsOf(tensor));
  }
  return isOfOutput ? weightsIn(features, outputs) : [];
}

/** The tensor itself where it is a feature, and what a sum adds to one. */
function featuresAt(tensor: Tensor): readonly Tensor[] {
  if (tensor.op === 'add') return tensor.of.filter(isOfWeights);
  return isFeature(tensor) ? [tensor] : [];
}

/** Whether a tensor is a weight applied to something that is not made of weights alone. */
function isFeature(tensor: Tensor): boolean {
  if (tensor.op !== 'contract') return false;
  const [left, right] = tensor.of.map(isOfWeights);
  return left !== right;
}

function isOfWeights(tensor: Tensor): boolean {
  if (tensor.op === 'weight') return true;
  return (tensor.op === 'view' || tensor.op === 'scale' || tensor.op === 'norm') && isOfWeights(tensor.of);
}

/** The weights that tensors are made of, those of outputs left out. */
function weightsIn(tensors: ReadonlySet<Tensor>, outputs: Trace['outputs']): readonly WeightTensor[] {
  const seen = new Set(tensors);
  for (const tensor of seen) {
    if (seen.size > MOST_TENSORS) break;
    for (const operand of operandsOf(tensor)) if (!outputs.has(operand)) seen.add(operand);
  }
  return [...seen].filter((one) => one.op === 'weight');
}
