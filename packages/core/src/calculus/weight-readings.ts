import type { WeightEffects } from './effects.ts';
import type { WeightNode } from './graph.ts';
import { movedGradient } from './movement.ts';
import { isBroken, type NetworkGrowth, regrown, weightAt } from './network-growth.ts';
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
import { fansOf, freshUpdate, hangsOnGradient } from './updates.ts';
import { hasZeroStarts, withGradientsCome, withRightChangeOfZeros } from './zero-starts.ts';

/** What is told of a weight, the others as they are. */
export interface WeightReading {
  readonly init: Size;
  readonly rate: Size;
  /** As init, were the weight random with b = 0; null where the effect does not depend on b. */
  readonly initAtZero: Size | null;
  /** The b and c to set here. */
  readonly rightInit: Size;
  readonly rightRate: Size;
}

/**
 * Of every weight the effects, and what is right here: b − init for b, and with every b so set, c − rate for c.
 *
 * A small start does no harm in a readout, a bias or a branch that starts at 0. In a matrix with a growing axis of its
 * own it does: second-order effects would outweigh the first-order ones that rate sees.
 *
 * What zeros hide until something grows is read where nothing does, and is unknown where nothing ever shows it.
 */
export function weightReadings(growth: NetworkGrowth): ReadonlyMap<number, WeightReading> {
  const given = withRightChangeOfZeros(growth);
  // Where no rate is known, most networks are asked neither what a right start nor what coming gradients change.
  const started = once(() => withRightChangeOfZeros(restarted(growth, given)));
  const settled = once(() => withGradientsCome(started()));
  const rightRateAt = (place: number): Size => {
    if (!tellsRate(weightAt(growth, place))) return UNKNOWN;
    return rightRate(isRateHidden(started(), place) ? settled() : started(), place);
  };
  return new Map(
    [...growth.effects.keys()].map((place) => {
      const ofStart = isStartHidden(given, place) ? settled() : given;
      return [
        place,
        {
          init: ofStart === given ? effectsAt(given, place).init : UNKNOWN,
          rate: rateHere(growth, given, place),
          initAtZero: effectsAt(ofStart, place).initAtZero,
          rightInit: rightInit(ofStart, place),
          rightRate: rightRateAt(place),
        },
      ];
    }),
  );
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Whether a rate can be right or wrong: of one that is frozen, or of no known optimizer, none can. */
function tellsRate({ rate, optimizer }: WeightNode): boolean {
  return rate === 'unknown' ? optimizer !== undefined : rate !== null;
}

/** The effect of the rate that a weight has. How large a gradient is behind rates that are mended is not that of this network. */
function rateHere(growth: NetworkGrowth, given: NetworkGrowth, place: number): Size {
  const weight = weightAt(growth, place);
  const update = growth.movement.updates[place];
  if (weight.rate === null || (given === growth && update !== ZERO)) return effectsAt(growth, place).rate;
  const { rate, rateAtZero } = effectsAt(given, place);
  if (rate === ZERO) return isBroken(given) ? UNKNOWN : ZERO;
  if (hangsOnGradient(weight)) return update === ZERO ? UNKNOWN : times(update, rateAtZero);
  const there = weightAt(given, place).rate;
  if (weight.rate === there) return rate;
  if (typeof weight.rate !== 'number' || typeof there !== 'number') return UNKNOWN;
  return times(rate, weight.rate - there);
}

/** Whether nothing is seen of a start that is not 0: what it makes meets zeros that have not moved. */
function isStartHidden(growth: NetworkGrowth, place: number): boolean {
  return startOf(weightAt(growth, place)) !== ZERO && effectsAt(growth, place).init === ZERO;
}

/** Whether a trained weight has not moved, or its updates are not yet what they become where something grows. */
function isRateHidden(growth: NetworkGrowth, place: number): boolean {
  const weight = weightAt(growth, place);
  if (weight.rate === null) return false;
  if (effectsAt(growth, place).rate === ZERO) return true;
  return hangsOnGradient(weight) && isBroken(growth) && hasZeroStarts(growth);
}

function rightInit(growth: NetworkGrowth, place: number): Size {
  const { init: effect, initAtZero } = effectsAt(growth, place);
  const b = startOf(weightAt(growth, place));
  if (!isKnown(b) || b === ZERO || initAtZero === null) return b;
  if (!isKnown(effect) || effect === ZERO) return UNKNOWN;
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

/** The growth with every weight at its right start, where that shows. */
function restarted(growth: NetworkGrowth, given: NetworkGrowth): NetworkGrowth {
  const { structure } = growth;
  const nodes = structure.nodes.map((node, place) =>
    node.op === 'weight' && !isStartHidden(given, place) ? withStart(node, rightInit(given, place)) : node,
  );
  const isRight = nodes.every((node, place) => node === structure.nodes[place]);
  return isRight ? growth : regrown(growth, nodes);
}

/** The weight with its right start: with none that is known where that is not. */
function withStart(weight: WeightNode, init: Size): WeightNode {
  const before = startOf(weight);
  if (!isKnown(init)) return weight.init === 'unknown' ? weight : { ...weight, init: 'unknown' };
  if (init === ZERO || (isKnown(before) && isOne(init - before))) return weight;
  return { ...weight, init };
}

function rightRate(growth: NetworkGrowth, place: number): Size {
  const weight = weightAt(growth, place);
  const { rate, rateAtZero } = effectsAt(growth, place);
  if (weight.rate === null || rate === ZERO || isRateHidden(growth, place)) return UNKNOWN;
  if (weight.rate !== 'unknown') return over(weight.rate, rate);
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

function effectsAt({ effects }: NetworkGrowth, place: number): WeightEffects {
  // SAFETY: every weight has effects.
  return effects.get(place)!;
}
