/**
 * Where the signs of a tensor's entries come from. What a sum gains at initialization depends on it: a random walk where
 * one factor has signs that the other knows nothing of, a full power of the width where they are those of the other.
 *
 * Weights are given by the places of their nodes.
 */
export interface Signs {
  readonly sources: Sources;
  /** Flipping all of these weights flips the tensor. Empty: no such set is known; null: whether there is, is not known. */
  readonly odd: readonly number[] | null;
  /** I.i.d. centred entries of full rank: a random weight in other units or another order. Null: it may be. */
  readonly random: boolean | null;
}

/** The weights that a tensor depends on in ascending order, and how little one entry of each counts in one entry of it. */
export interface Sources {
  readonly weights: readonly number[];
  /** NaN: whether it depends on that weight at all is not known. */
  readonly dilutions: readonly number[];
}

const NO_SOURCES: Sources = { weights: [], dilutions: [] };

export const NO_SIGNS: Signs = { sources: NO_SOURCES, odd: [], random: false };

export function signsOfWeight(weight: number): Signs {
  return { sources: { weights: [weight], dilutions: [0] }, odd: [weight], random: true };
}

/** Of a weight whose start is not read: it may be random, or not. */
export function signsOfUnreadWeight(weight: number): Signs {
  return { sources: { weights: [weight], dilutions: [Number.NaN] }, odd: null, random: null };
}

/** Of what an operation that is not understood makes of others. */
export function signsOfUnread(operands: readonly Signs[]): Signs {
  const { weights } = operands.reduce((all, { sources }) => union(all, sources), NO_SOURCES);
  return { sources: { weights, dilutions: weights.map(() => Number.NaN) }, odd: null, random: null };
}

/** The same weights, of which none may be there: of a term of a sum that may be exactly 0. */
export function doubtful({ sources, random }: Signs): Signs {
  return { ...signsOfUnread([{ sources, odd: null, random }]), random: false };
}

export function withoutOdd(signs: Signs): Signs {
  return { ...signs, odd: [], random: false };
}

/** Of a sum of tensors, none of which is exactly 0. */
export function signsOfSum(terms: readonly Signs[]): Signs {
  if (terms.length === 0) return NO_SIGNS;
  const [first] = terms;
  if (terms.length === 1) return first.random === false ? first : { ...first, random: false };
  const sources = terms.reduce((all, term) => union(all, term.sources), NO_SOURCES);
  return { sources, odd: oddOfSum(terms), random: false };
}

/** The union of the terms' odd sets, unless it touches what a term depends on besides its own. */
function oddOfSum(terms: readonly Signs[]): Signs['odd'] {
  if (terms.some(({ odd }) => odd !== null && odd.length === 0)) return [];
  let doubt = false;
  let all: readonly number[] = [];
  for (const { odd } of terms) {
    if (odd === null) doubt = true;
    else all = mergedSets(all, odd);
  }
  for (const { odd, sources } of terms) {
    if (odd === null) continue;
    const touched = meets(without(all, odd), sources);
    if (touched === true) return [];
    if (touched === null) doubt = true;
  }
  return doubt ? null : all;
}

/** Of φ(x), or of a gradient through it: it depends on x as well, and keeps its odd set where x knows nothing of it. */
export function signsThrough(gradient: Signs, of: Signs): Signs {
  const touched = gradient.odd === null ? null : meets(gradient.odd, of.sources);
  const odd = touched === false ? gradient.odd : touched === true ? [] : null;
  return { sources: union(gradient.sources, of.sources), odd, random: false };
}

/** Whether one of the weights is among the sources; null where that is not known. */
export function meets(weights: readonly number[], sources: Sources): boolean | null {
  let doubt = false;
  let place = 0;
  for (const weight of weights) {
    place = placeFrom(sources.weights, weight, place);
    if (sources.weights[place] !== weight) continue;
    if (!Number.isNaN(sources.dilutions[place])) return true;
    doubt = true;
  }
  return doubt ? null : false;
}

/** The dilution of the first of these weights that is a source; 0 where none is. */
export function dilutionOf(weights: readonly number[], { weights: sources, dilutions }: Sources): number {
  for (const weight of weights) {
    const place = placeFrom(sources, weight, 0);
    if (sources[place] === weight) return dilutions[place];
  }
  return 0;
}

/** The first place at or behind `start` whose weight is not before this one: by steps that double, then by halves. */
function placeFrom(weights: readonly number[], weight: number, start: number): number {
  let step = 1;
  let low = start;
  while (low + step <= weights.length && weights[low + step - 1] < weight) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, weights.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weights[middle] < weight) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All of both, with the smaller dilution of what is in both. */
export function union(left: Sources, right: Sources): Sources {
  if (left === right || right.weights.length === 0) return left;
  if (left.weights.length === 0) return right;
  const weights: number[] = [];
  const dilutions: number[] = [];
  let [i, j] = [0, 0];
  while (i < left.weights.length || j < right.weights.length) {
    const [of, to] = [
      left.weights[i] ?? Number.POSITIVE_INFINITY,
      right.weights[j] ?? Number.POSITIVE_INFINITY,
    ];
    weights.push(Math.min(of, to));
    if (of === to) dilutions.push(smallerDilution(left.dilutions[i++], right.dilutions[j++]));
    else dilutions.push(of < to ? left.dilutions[i++] : right.dilutions[j++]);
  }
  return { weights, dilutions };
}

function smallerDilution(left: number, right: number): number {
  if (Number.isNaN(left)) return right === 0 ? 0 : left;
  if (Number.isNaN(right)) return left === 0 ? 0 : right;
  return Math.min(left, right);
}

/** The same weights, each counting less by a power of the width. */
export function diluted(sources: Sources, by: number): Sources {
  if (by === 0) return sources;
  return { weights: sources.weights, dilutions: sources.dilutions.map((dilution) => dilution + by) };
}

function mergedSets(left: readonly number[], right: readonly number[]): readonly number[] {
  if (left.length === 0 || left === right) return right;
  const both = union({ weights: left, dilutions: left }, { weights: right, dilutions: right });
  return both.weights;
}

/** The weights of the first that the second lacks, both in ascending order. */
function without(all: readonly number[], some: readonly number[]): readonly number[] {
  let place = 0;
  return all.filter((weight) => {
    while (some[place] < weight) place++;
    return some[place] !== weight;
  });
}
