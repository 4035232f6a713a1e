import type { MuonShape, WeightNode } from './graph.ts';
import type { GraphStructure } from './graph-structure.ts';
import { either, mayBeZero, type Size, smallest, times, UNKNOWN, UNKNOWN_NOT_ZERO, ZERO } from './size.ts';

/** The speeds of a weight's axes: those that are summed over where it is used, and the others. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** What one step's update of a weight depends on. */
export interface UpdateRequest {
  readonly weight: WeightNode;
  /** Of its gradient now. */
  readonly gradient: Size;
  /** Of the weight now. */
  readonly now: Size;
  readonly fans: Fans;
}

/** Of one step's update of a weight: exactly 0 where it is frozen or its gradient is exactly 0. */
export function freshUpdate({ weight, gradient, now, fans }: UpdateRequest): Size {
  if (weight.rate === null || gradient === ZERO) return ZERO;
  if (weight.rate === 'unknown') return mayBeZero(gradient) ? UNKNOWN : UNKNOWN_NOT_ZERO;
  const update = times(weight.rate, normalizedStep({ weight, gradient, now, fans }));
  return mayBeZero(gradient) ? either(update, ZERO) : update;
}

/** Whether how far it moves a weight hangs on how large its gradient is, not only on whether there is one. */
export function hangsOnGradient({ optimizer, eps }: WeightNode): boolean {
  return optimizer === 'sgd' || eps !== undefined;
}

/** Of the step at learning rate 1. */
function normalizedStep({ weight, gradient, now, fans }: UpdateRequest): Size {
  switch (weight.optimizer ?? 'adam') {
    case 'sgd':
      return gradient;
    case 'adam': // entries of size Θ(1), unless ε outweighs them
      return weight.eps === undefined ? 0 : smallest(0, times(gradient, -weight.eps));
    case 'muon': // singular values of 1, at the rank of the batch
      return (fans.fanIn + fans.fanOut) / 2 + shapeExponent(weight.shape, fans);
    case 'relative': // in proportion to the weight
      return mayBeZero(now) ? UNKNOWN : now;
  }
}

function shapeExponent(shape: MuonShape | undefined, { fanIn, fanOut }: Fans): number {
  switch (shape) {
    case undefined:
      return 0;
    case 'jordan': // √max(1, out/in)
      return -Math.max(0, fanOut - fanIn) / 2;
    case 'spectral': // √(out/in)
      return -(fanOut - fanIn) / 2;
    case 'moonlight': // 0.2·√max(out, in)
      return -Math.max(fanIn, fanOut) / 2;
  }
}

/** By the weight's first use; all axes are its own where it is never multiplied. */
export function fansOf({ speeds, multiplications, contractions }: GraphStructure, weight: number): Fans {
  const [first] = multiplications[weight];
  if (first === undefined) return { fanIn: 0, fanOut: speeds[weight] };
  const { summedLeft, summedRight } = contractions[first.node]!.forward;
  const fanIn = first.operand === 0 ? summedLeft : summedRight;
  return { fanIn, fanOut: speeds[weight] - fanIn };
}
