import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ForwardPass } from './forward-pass.ts';

/**
 * The parameters of which a loss sees nothing: what is added to each channel, and then only goes where each channel loses
 * its mean, as a bias in front of BatchNorm. Their gradients are 0.
 */
export function cancelledIn({ tensors, outputs }: ForwardPass): ReadonlySet<WeightTensor> {
  const seen = new Set<Tensor>(outputs);
  const used = new Set<Tensor>();
  for (const tensor of [...tensors].reverse()) {
    const cancels = tensor.op === 'norm' && tensor.centresChannels === true;
    const carries = !seen.has(tensor) && used.has(tensor) && CARRIES.has(tensor.op);
    for (const operand of operandsOf(tensor)) {
      used.add(operand);
      if (!cancels && !carries) seen.add(operand);
    }
  }
  return new Set(
    tensors.filter(
      (tensor): tensor is WeightTensor =>
        tensor.op === 'weight' && used.has(tensor) && !seen.has(tensor) && tensor.shape?.dims.length === 1,
    ),
  );
}

const CARRIES: ReadonlySet<Tensor['op']> = new Set(['add', 'scale', 'view']);
