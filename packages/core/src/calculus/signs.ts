import {
  dilutionIn,
  firstWeight,
  mapSet,
  meets,
  onlyWeight,
  type WeightSet,
  type WeightUnions,
  without,
} from './weight-set.ts';

/**
 * Where the signs of a tensor's entries come from. What a sum gains at initialization depends on it: a random walk where
 * one factor has signs that the other knows nothing of, a full power of the width where they are those of the other.
 */
export interface Signs {
  /** The random weights that it depends on, each with how little one entry of it counts in one entry of the tensor. */
  readonly sources: WeightSet;
  /** Flipping the signs of all of these weights flips the tensor. Of none: no such set is known. */
  readonly odd: WeightSet | 'unknown';
  /** I.i.d. centred entries of full rank: a random weight in other units or another order. Null: it may be. */
  readonly random: boolean | null;
}

/** Of what depends on no random weight, as the data. */
export const NO_SIGNS: Signs = { sources: null, odd: null, random: false };

/** Of a random weight, by its place in the graph: flipping it flips itself. */
export function signsOfWeight(weight: number): Signs {
  const itself = onlyWeight(weight, 0);
  return { sources: itself, odd: itself, random: true };
}

/** Of a weight whose start is not read: it may be random, or not. */
export function signsOfUnreadWeight(weight: number): Signs {
  return { sources: onlyWeight(weight, Number.NaN), odd: 'unknown', random: null };
}

/** Of what an operation that is not understood makes of others. */
export function signsOfUnread(operands: readonly Signs[], unions: WeightUnions): Signs {
  const sources = operands.reduce<WeightSet>((all, signs) => unions.union(all, signs.sources), null);
  return { sources: unions.blurred(sources), odd: 'unknown', random: null };
}

/** Of a term of a sum that may be exactly 0, and then says nothing. */
export function doubtful({ sources }: Signs, unions: WeightUnions): Signs {
  return { sources: unions.blurred(sources), odd: 'unknown', random: false };
}

/** Of what depends on the same weights, though no set is known whose signs flip it: as φ(x) does where φ is not odd. */
export function withoutOdd({ sources }: Signs): Signs {
  return { sources, odd: null, random: false };
}

/** Of a sum of tensors, none of which is exactly 0. */
export function signsOfSum(terms: readonly Signs[], unions: WeightUnions): Signs {
  const [first] = terms;
  if (first === undefined) return NO_SIGNS;
  if (terms.length === 1) return first.random === false ? first : { ...first, random: false };
  const sources = terms.reduce<WeightSet>((all, term) => unions.union(all, term.sources), null);
  return { sources, odd: oddOfSum(terms, unions), random: false };
}

/** The union of the terms' odd sets, unless it touches what a term depends on besides its own. */
function oddOfSum(terms: readonly Signs[], unions: WeightUnions): Signs['odd'] {
  if (terms.some(({ odd }) => odd === null)) return null;
  let all: WeightSet = null;
  let isCertain = true;
  for (const { odd } of terms) {
    if (odd === 'unknown') isCertain = false;
    else all = unions.union(all, odd);
  }
  for (const { odd, sources } of terms) {
    if (odd === 'unknown') continue;
    const touched = meets(without(all, odd), sources);
    if (touched === true) return null;
    if (touched === null) isCertain = false;
  }
  return isCertain ? all : 'unknown';
}

/** Of φ′(x) times a gradient: it depends on x as well, and keeps its odd set where x knows nothing of it. */
export function signsThrough(gradient: Signs, of: Signs, unions: WeightUnions): Signs {
  const walks = walksBeside(gradient, of);
  const odd = walks === null ? 'unknown' : walks ? gradient.odd : null;
  return { sources: unions.union(gradient.sources, of.sources), odd, random: false };
}

/** Whether the one has signs that the other knows nothing of; null where that is not known. */
export function walksBeside({ odd }: Signs, { sources }: Signs): boolean | null {
  if (odd === 'unknown') return null;
  if (odd === null) return false;
  const touched = meets(odd, sources);
  return touched === null ? null : !touched;
}

/** How little a random weight's own entries count in a tensor; 0 where it does not depend on it, NaN where not known. */
export function dilutionOf({ odd }: Signs, { sources }: Signs): number {
  const weight = odd === 'unknown' ? undefined : firstWeight(odd);
  return weight === undefined ? 0 : (dilutionIn(sources, weight) ?? 0);
}

/** The same weights, each counting less by a power of the width. */
export function diluted(sources: WeightSet, by: number): WeightSet {
  return by === 0 ? sources : mapSet(sources, (dilution) => dilution + by);
}
