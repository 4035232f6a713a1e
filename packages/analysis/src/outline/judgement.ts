import type { Exponent, GraphClassification, WeightJudgement } from '@widthwise/core';
import type { Tensor } from '../network/graph.ts';
import type { OpenFactor } from './calculus-graph/open-factors.ts';
import type { Weight } from './weights.ts';

/** What the calculus says of a model on all ways through its conditions; what they do not agree on is unknown. */
export interface Judgement {
  readonly regime: GraphClassification['regime'];
  readonly widthStable: boolean | null;
  readonly overwritten: boolean;
  /** What grows, whatever is unknown. */
  readonly grows: readonly Tensor[];
  /** The products of features with features among that. */
  readonly growingProducts: readonly Tensor[];
  readonly weights: ReadonlyMap<Weight, WeightJudgement>;
  /** Weights in front of norms whose starts do not go together: only differences count there. */
  readonly rescaled: ReadonlySet<Weight>;
  /** The b below which what a weight makes grows at initialization; null where that is not known or does not matter. */
  readonly limits: ReadonlyMap<Weight, number | null>;
  /** How large what a weight is applied to is at initialization; null where that is not known. */
  readonly inputs: ReadonlyMap<Weight, Exponent>;
  /** How large what it makes of that is, before the factors on it; null where that is not known. */
  readonly outcomes: ReadonlyMap<Weight, Exponent>;
  /** How large the change of that is, its bias included, once nothing changes any more; null where that is not known. */
  readonly changes: ReadonlyMap<Weight, Exponent>;
  /** How much smaller what an input weight makes starts than the sums that it goes into; null where that is not known. */
  readonly shares: ReadonlyMap<Weight, Exponent>;
  /** Matrices that are used in parts alone, as one that makes query, key and value at once. */
  readonly parted: ReadonlySet<Weight>;
  /** Where it begins that the calculus does not follow, operands first; a weight that is used in parts is those parts here. */
  readonly unknown: readonly Tensor[];
  /** Whether a block that is repeated does another thing the second time, so that it depends on how often. */
  readonly depthMatters: boolean;
  /** Whether on some way nothing grows but attention logits, and those only if heads get longer, which the code leaves open. */
  readonly hangsOnHeads: boolean;
  /** Whether a factor stands on a sum with sums over the features in it, whose weights have it as a multiplier, too. */
  readonly hasOpenSums: boolean;
}

/** What two places or ways have in common. */
export function common(one: WeightJudgement, other: WeightJudgement): WeightJudgement {
  const same = (key: keyof WeightJudgement) => (one[key] === other[key] ? one[key] : null);
  return {
    init: same('init'),
    rate: same('rate'),
    rightInit: same('rightInit'),
    rightRate: same('rightRate'),
    targetInit: same('targetInit'),
  };
}

/** Of two parts of one parameter: what is too large in one of them is so in the whole; one value is right for both or none. */
export function worst(one: WeightJudgement, other: WeightJudgement): WeightJudgement {
  const least = (key: 'init' | 'rate') => {
    const [mine, theirs] = [one[key], other[key]];
    return mine === null || theirs === null ? null : Math.min(mine, theirs);
  };
  return { ...common(one, other), init: least('init'), rate: least('rate') };
}

/** Whether what is too large where the factors are those of what is behind is too small where they are its own: then they are not. */
function isOverdone(behind: Judgement, front: Judgement): boolean {
  return [...behind.weights].some(
    ([weight, { init }]) => init !== null && init < 0 && (front.weights.get(weight)?.init ?? 0) > 0,
  );
}

/**
 * What is so whoever has the factors that may be either's. Between two layers both are the same network, W and V with other
 * units of W x: where it learns features in one of them, it does.
 */
export function onBothSides(behind: Judgement, front: Judgement, open: OpenFactor): Judgement {
  if (open === 'of-activations' && isOverdone(behind, front)) return behind;
  const learns = [behind, front].some(({ regime }) => regime === 'feature-learning');
  const agreedOn = agreed(behind, front);
  const both =
    open === 'of-activations' ? { ...agreedOn, ...startsOnBoth(agreedOn, behind, front) } : agreedOn;
  return open !== 'of-sums' && learns ? { ...both, regime: 'feature-learning' } : both;
}

/**
 * What weights are judged to be whose starts are as right on either side, or too large on both: by how much, is said of the
 * code as it is written, where the factors are those of what is behind.
 */
function startsOnBoth(
  { weights, limits }: Judgement,
  behind: Judgement,
  front: Judgement,
): Pick<Judgement, 'weights' | 'limits'> {
  const starts = new Map(weights);
  const from = new Map<Weight, number | null>();
  for (const [weight, limit] of limits) {
    const [one, other] = [behind, front].map((side) => side.weights.get(weight));
    const isTooLarge = [one, other].every((side) => (side?.init ?? 0) < 0);
    if (isTooLarge && one !== undefined) starts.set(weight, one);
    from.set(
      weight,
      isTooLarge ? (behind.limits.get(weight) ?? null) : one?.init === other?.init ? limit : null,
    );
  }
  return { weights: starts, limits: from };
}

/** What two ways agree on; what they do not is unknown. */
export function agreed(one: Judgement, other: Judgement): Judgement {
  const weights = new Map(one.weights);
  for (const [weight, judged] of other.weights) {
    const before = weights.get(weight);
    weights.set(weight, before === undefined ? judged : common(before, judged));
  }
  return {
    regime: one.regime === other.regime ? one.regime : 'unknown',
    widthStable: one.widthStable === other.widthStable ? one.widthStable : null,
    overwritten: one.overwritten || other.overwritten,
    grows: one.grows.filter((tensor) => other.grows.includes(tensor)),
    growingProducts: [...new Set([...one.growingProducts, ...other.growingProducts])],
    weights,
    rescaled: new Set([...one.rescaled, ...other.rescaled]),
    limits: shared(one.limits, other.limits),
    inputs: shared(one.inputs, other.inputs),
    outcomes: shared(one.outcomes, other.outcomes),
    changes: shared(one.changes, other.changes),
    shares: shared(one.shares, other.shares),
    parted: one.parted,
    unknown: [...new Set([...one.unknown, ...other.unknown])],
    depthMatters: one.depthMatters || other.depthMatters,
    hangsOnHeads: one.hangsOnHeads || other.hangsOnHeads,
    hasOpenSums: one.hasOpenSums || other.hasOpenSums,
  };
}

/** What two ways agree on: a weight that one of them does not use is as the other has it. */
function shared<Key>(
  one: ReadonlyMap<Key, number | null>,
  other: ReadonlyMap<Key, number | null>,
): ReadonlyMap<Key, number | null> {
  const merged = new Map(one);
  for (const [key, value] of other) {
    const before = merged.get(key);
    merged.set(key, before === undefined || before === value ? value : null);
  }
  return merged;
}
