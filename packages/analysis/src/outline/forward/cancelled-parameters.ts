import { isSameProduct } from '../../growth/product.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { Tensor, WeightTensor } from '../../network/graph.ts';
import { lastOf } from '../../network/shape.ts';
import { operandsOf } from '../../network/tensor.ts';
import { type ForwardPass, parameterIn } from './forward-pass.ts';

/**
 * The parameters of which a loss sees nothing: what is added to each channel, and then only goes where each channel loses
 * its mean, as a bias in front of BatchNorm. Their gradients are 0.
 */
export function cancelledIn({ tensors, outputs }: ForwardPass): ReadonlySet<WeightTensor> {
  const channels = channelsIn(tensors);
  const seen = new Set<Tensor>(outputs);
  const used = new Map<Tensor, Quantity | null>();
  for (const tensor of [...tensors].reverse()) {
    const length = channels.get(tensor) ?? centredLength(tensor);
    const carries = length === null && !seen.has(tensor) && used.has(tensor) && CARRIES.has(tensor.op);
    const centred = carries ? (used.get(tensor) ?? null) : length;
    for (const operand of operandsOf(tensor)) {
      const isOther = used.has(operand) && !isOneLength(used.get(operand) ?? null, centred);
      used.set(operand, centred);
      if (centred === null || isOther) seen.add(operand);
    }
  }
  return new Set(
    tensors.filter(
      (tensor): tensor is WeightTensor =>
        tensor.op === 'weight' &&
        !seen.has(tensor) &&
        isOneLength(lengthOf(tensor), used.get(tensor) ?? null),
    ),
  );
}

/** How many channels each norm has that takes their means, which its gain shows: a bias of any other length is none of theirs. */
function channelsIn(tensors: readonly Tensor[]): ReadonlyMap<Tensor, Quantity> {
  const found = new Map<Tensor, Quantity>();
  for (const tensor of tensors) {
    if (tensor.op !== 'contract') continue;
    const gains = tensor.of.map(gainIn);
    for (const [at, one] of tensor.of.entries()) {
      const gain = gains[1 - at];
      if (one.op === 'norm' && one.centresChannels === true && gain) found.set(one, gain);
    }
  }
  return found;
}

/** How many entries lose their means where code takes them away itself; null for any other tensor. */
function centredLength(tensor: Tensor): Quantity | null {
  return tensor.op === 'scale' && tensor.centres === true ? (lastOf(tensor.shape) ?? null) : null;
}

/** How long the gain of a norm is. */
function gainIn(tensor: Tensor): Quantity | null {
  const weight = parameterIn(tensor);
  return weight?.layer.family === 'norm' ? lengthOf(weight) : null;
}

function lengthOf({ shape }: Tensor): Quantity | null {
  const [length = null, ...others] = shape?.dims ?? [];
  return others.length === 0 ? length : null;
}

function isOneLength(one: Quantity | null, other: Quantity | null): boolean {
  return one !== null && other !== null && isSameProduct(one, other);
}

const CARRIES: ReadonlySet<Tensor['op']> = new Set(['add', 'scale', 'view']);
