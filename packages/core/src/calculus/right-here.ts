import type { WeightEffects } from './effects.ts';
import type { WeightNode } from './graph.ts';
import { movedGradient } from './movement.ts';
import { growthOf, type NetworkGrowth, withNodes } from './network-growth.ts';
import {
  isKnown,
  isOne,
  largest,
  over,
  type Size,
  surelyGrows,
  surelyVanishes,
  times,
  UNKNOWN,
  ZERO,
} from './size.ts';
import { fansOf, freshUpdate } from './updates.ts';

/** The b and c to set for a weight, the others as they are. */
export interface RightHere {
  readonly init: Size;
  readonly rate: Size;
}

/**
 * What is right here: b − init for b, and with every b so set, c − rate for c.
 *
 * A small start does no harm in a readout, a bias or a branch that starts at 0. In a matrix with a growing axis of its
 * own it does: second-order effects would outweigh the first-order ones that rate sees.
 */
export function rightHere(growth: NetworkGrowth): ReadonlyMap<number, RightHere> {
  const { structure, effects } = growth;
  const inits = new Map([...effects].map(([place, of]) => [place, rightInit(growth, place, of)]));
  const nodes = structure.nodes.map((node, place) =>
    node.op === 'weight' ? restarted(node, inits.get(place) ?? UNKNOWN) : node,
  );
  const isRight = nodes.every((node, place) => node === structure.nodes[place]);
  const rightStart = isRight ? growth : growthOf(withNodes(structure, nodes));
  return new Map([...inits].map(([place, init]) => [place, { init, rate: rightRate(rightStart, place) }]));
}

function rightInit(growth: NetworkGrowth, place: number, { init: effect, initAtZero }: WeightEffects): Size {
  const b = startOf(weightAt(growth, place));
  if (!isKnown(b) || b === ZERO || initAtZero === null || effect === ZERO) return b;
  if (!isKnown(effect)) return UNKNOWN;
  const tooSmall = surelyVanishes(effect) && hasOwnGrowingAxis(growth, place);
  return surelyGrows(effect) || tooSmall ? over(0, initAtZero) : b;
}

function startOf({ init }: WeightNode): Size {
  if (init === 'unknown') return UNKNOWN;
  if (init === 'zero') return ZERO;
  return init === 'one' ? 0 : init;
}

/** Whether an axis of its own grows where it is multiplied: not of a readout, and not of what is only added. */
function hasOwnGrowingAxis({ structure }: NetworkGrowth, place: number): boolean {
  return structure.multiplications[place].length > 0 && fansOf(structure, place).fanOut > 0;
}

/** The weight with its right start: with none that is known where that is not. */
function restarted(weight: WeightNode, init: Size): WeightNode {
  const before = startOf(weight);
  if (!isKnown(init)) return weight.init === 'unknown' ? weight : { ...weight, init: 'unknown' };
  if (init === ZERO || (isKnown(before) && isOne(init - before))) return weight;
  return { ...weight, init };
}

function rightRate(growth: NetworkGrowth, place: number): Size {
  const weight = weightAt(growth, place);
  const { rate, rateAtZero } = growth.effects.get(place)!;
  if (weight.rate === null) return UNKNOWN;
  if (weight.rate !== 'unknown') return rate === ZERO ? weight.rate : over(weight.rate, rate);
  if (weight.optimizer === undefined) return UNKNOWN;
  const gradient = movedGradient(growth.movement, place);
  const atZero = freshUpdate({
    weight: { ...weight, rate: 0 },
    gradient: largest(gradient.init, gradient.change),
    now: largest(growth.movement.initialization.tensors[place].size, growth.movement.updates[place]),
    fans: fansOf(growth.structure, place),
  });
  const effect = times(atZero, rateAtZero);
  return effect === ZERO ? UNKNOWN : over(0, effect);
}

function weightAt({ structure }: NetworkGrowth, place: number): WeightNode {
  // SAFETY: effects are of weights alone.
  return structure.nodes[place] as WeightNode;
}
