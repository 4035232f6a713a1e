import type { WeightEffects } from './effects.ts';
import { EXPONENT_TOLERANCE } from './exponent.ts';
import type { WeightNode } from './graph.ts';
import { isBroken, type NetworkGrowth, regrown, weightAt } from './network-growth.ts';
import { isKnown, isOne, lowOf, type Size, surelyGrows, ZERO } from './size.ts';

/** Each round mends what the one before has brought to light, such as what stands behind another layer of zeros. */
const MOST_ROUNDS = 8;

/**
 * A network with weights that start at exactly 0, which are trained at the rates that are right for them, and the others
 * at none that are too large: any other is the network itself.
 *
 * What starts at exactly 0 has no size but that of its change. Were that taken as it is, one wrong rate would be blamed
 * on every weight whose way to the output leads through it.
 */
export function withRightChangeOfZeros(growth: NetworkGrowth): NetworkGrowth {
  const zeros = zeroStarts(growth);
  let now = growth;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const next = zeros.size === 0 ? now : mended(now, towardsRight(growth, zeros));
    if (next === now) return now;
    now = next;
  }
  // Under SGD one rate may hang on the others, without end.
  return mended(growth, (weight, _, place) => (zeros.has(place) ? atUnknownRate(weight) : weight));
}

/** A round: the zeros to their right rates, the others to none that is too large, nor smaller than they were given. */
function towardsRight(growth: NetworkGrowth, zeros: ReadonlySet<number>): Mend {
  return (weight, { rate: effect }, place) => {
    const given = weightAt(growth, place);
    const isZero = zeros.has(place);
    if (weight.rate === 'unknown' || !isWrong(effect, isZero || weight !== given)) return weight;
    if (typeof weight.rate !== 'number' || !isKnown(effect)) return atUnknownRate(weight);
    const rate = weight.rate - effect;
    return isZero ? { ...weight, rate } : noFaster(weight, rate, given);
  };
}

function atUnknownRate(weight: WeightNode): WeightNode {
  return { ...weight, rate: 'unknown', optimizer: weight.optimizer ?? 'adam' };
}

/**
 * The same network without starts that are too large, so that training goes on until every gradient has come that ever
 * comes: behind weights that start at exactly 0 none comes at first.
 */
export function withGradientsCome(growth: NetworkGrowth): NetworkGrowth {
  let now = withRightChangeOfZeros(growth);
  for (let round = 1; round <= MOST_ROUNDS && isBroken(now); round++) {
    const next = mended(now, withoutLargeStart);
    if (next === now) break;
    now = withRightChangeOfZeros(next);
  }
  return now;
}

/** Whether a network has weights of which something starts at exactly 0 and moves. */
export function hasZeroStarts(growth: NetworkGrowth): boolean {
  return zeroStarts(growth).size > 0;
}

/** Not zeros that are only added to something: a bias in whatever shape, a table that data look up. */
function zeroStarts(growth: NetworkGrowth): ReadonlySet<number> {
  const { nodes, roots } = growth.structure;
  const places = [...nodes.keys()].flatMap((place) => {
    const weight = roots[place] ?? place;
    const node = nodes[weight];
    const isZero = node.op === 'weight' && node.init === 'zero' && node.rate !== null;
    return isZero && hides(growth, place) ? [weight] : [];
  });
  return new Set(places);
}

/** Whether something else that is trained is exactly 0 for these zeros: what data make of them are other zeros. */
function hides({ structure, movement }: NetworkGrowth, zeros: number): boolean {
  const { operands, roots, uses, contractions, hasGradient } = structure;
  const { tensors } = movement.initialization;
  const ahead = [zeros];
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    for (const { node, operand } of uses[place]) {
      if (roots[node] !== null || tensors[node].size !== ZERO) continue;
      const meetsData = contractions[node] !== null && !hasGradient[operands[node][1 - operand]];
      if (!meetsData) return true;
      ahead.push(node);
    }
  }
  return false;
}

/** Whether the effect of a rate may be too large, or too small where that matters. What has not moved has none. */
function isWrong(effect: Size, smallMatters: boolean): boolean {
  if (effect === ZERO || isOne(effect)) return false;
  return smallMatters || lowOf(effect) < -EXPONENT_TOLERANCE;
}

/** The weight at this rate, or at the one that it was given if that is smaller. */
function noFaster(weight: WeightNode, rate: number, given: WeightNode): WeightNode {
  if (typeof given.rate === 'number' && rate <= given.rate + EXPONENT_TOLERANCE) return given;
  return { ...weight, rate };
}

function withoutLargeStart(weight: WeightNode, { init, initAtZero }: WeightEffects): WeightNode {
  if (!(surelyGrows(init) && initAtZero !== null && isKnown(initAtZero))) return weight;
  return { ...weight, init: 0 - initAtZero };
}

type Mend = (weight: WeightNode, effects: WeightEffects, place: number) => WeightNode;

/** The growth of the network with other weights: itself where they are the same. */
function mended(growth: NetworkGrowth, mend: Mend): NetworkGrowth {
  const { structure, effects } = growth;
  const nodes = structure.nodes.map((node, place) => {
    const of = effects.get(place);
    return node.op === 'weight' && of !== undefined ? mend(node, of, place) : node;
  });
  const isSame = nodes.every((node, place) => node === structure.nodes[place]);
  return isSame ? growth : regrown(growth, nodes);
}
