import { toNumber } from '../growth/rational.ts';
import type { Tensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
import type { Application } from '../outline/factors.ts';
import { isEntrywise } from '../outline/forward/contraction-side.ts';
import { isPower, keepsSize } from '../outline/forward/kept-size.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';

/** The b from which on a weight starts right. */
export interface StartLimit {
  readonly b: number;
  /** Whether what it is applied to is not known, and taken to be Θ(1). */
  readonly ofUnknown: boolean;
}

/**
 * The b below which a weight starts too large: by what its uses sum over, or where what follows them is not read by the
 * calculus, which finds it too large at the first place where sizes are seen. Null where neither is proved.
 */
export function startLimitOf(weight: Weight, model: Model): StartLimit | null {
  const { judgement } = model;
  const judged = judgement?.weights.get(weight);
  if (judgement == null || (judged !== undefined && judged.init !== null && judged.init >= 0)) return null;
  const limit = judgement.limits.get(weight) ?? null;
  if (limit !== null) return { b: limit, ofUnknown: false };
  const right = judged === undefined || judged.init === null ? null : judged.targetInit;
  if (right === null || !Number.isFinite(right) || judgement.rescaled.has(weight)) return null;
  const takers = takersOf(weight.applications, model, keepsPowers);
  const isSeen = !takers.has('gain') && !takers.has('unread') && !(takers.has('norm') && takers.size === 1);
  return isSeen ? { b: right, ofUnknown: judgement.inputs.get(weight) == null } : null;
}

/** The exponent of the smallest std that a weight may start with. */
export function smallestStartOf({ inits }: Weight): number {
  return Math.min(...inits.map(({ std }) => toNumber(std.low)));
}

/** What is taken for granted of what a weight is applied to. */
export function inputAssumption(limits: readonly (StartLimit | null)[]): readonly string[] {
  const isTaken = limits.some((limit) => limit?.ofUnknown === true);
  return isTaken ? [OF_UNKNOWN_INPUT] : [];
}

export const OF_UNKNOWN_INPUT = 'Assumes what it is applied to has the same size at every width.';

/** Whether normalizations take what is made in these places, all of it, before anything is added but biases. */
export function isNormalizedAtOnce(
  applications: readonly Pick<Application, 'tensor'>[],
  model: Model,
): boolean {
  const takers = takersOf(applications, model, keepsPowers);
  return takers.has('norm') && takers.size === 1;
}

/** What takes something, as far as its size matters: a gain may make up for it, a sum has other terms, what is not read may do anything. */
export type Taker = 'norm' | 'gain' | 'unread' | 'sum' | 'other';

/** What takes what is made in these places, through factors, views, biases, ReLU and choices. */
export function takersOf(
  applications: readonly Pick<Application, 'tensor'>[],
  { pass }: Model,
  isPassed: (tensor: Tensor) => boolean = keepsSize,
): ReadonlySet<Taker> {
  const made = new Set<Tensor>(applications.map(({ tensor }) => tensor));
  const takers = new Set<Taker>();
  for (const tensor of pass.tensors) {
    if (!operandsOf(tensor).some((one) => made.has(one))) continue;
    if (tensor.op === 'choice' || isPassed(tensor)) made.add(tensor);
    else takers.add(takerOf(tensor));
  }
  return takers;
}

/** Whether a tensor is its operand, or a power of it, times a number: what makes up for the size of the one does for the other. */
function keepsPowers(tensor: Tensor): boolean {
  return keepsSize(tensor) || (tensor.op === 'act' && isPower(tensor));
}

function takerOf(tensor: Tensor): Taker {
  if (tensor.op === 'norm' || tensor.op === 'unread') return tensor.op;
  if (tensor.op === 'add') return 'sum';
  return tensor.op === 'contract' && isEntrywise(tensor) ? 'gain' : 'other';
}
