/** Of so many parts of one size all are taken; of more, those that turns make. */
const MOST_PARTS = 70;

/** Two disjoint parts of ⌊count/2⌋ places. */
export type Halves = readonly [left: readonly number[], right: readonly number[]];

/**
 * Pairs of disjoint halves of the places 0 … count − 1, in which every place stands as often: all of them up to 8 places;
 * beyond, contiguous ones of the places in turns of every stride that meets them all.
 *
 * @param count at least 2; of an odd number one place is left out of each pair
 */
export function disjointHalves(count: number): readonly Halves[] {
  const size = Math.floor(count / 2);
  const places = Array.from({ length: count }, (_, place) => place);
  const parts = subsets(places, size, MOST_PARTS);
  if (parts !== null) {
    return parts.flatMap((left) =>
      subsets(
        places.filter((place) => !left.includes(place)),
        size,
        MOST_PARTS,
      )!
        .filter(([first]) => first > left[0])
        .map((right): Halves => [left, right]),
    );
  }
  const strides = places.filter((stride) => stride >= 1 && stride <= count / 2 && coprime(stride, count));
  const turns = strides
    .slice(0, Math.max(1, Math.floor(MOST_PARTS / 2 / count)))
    .flatMap((stride) => places.map((from) => places.map((place) => (from + place * stride) % count)));
  return turns.map((turn) => [turn.slice(0, size), turn.slice(size, 2 * size)]);
}

/** Parts of some places, each once, and which two of them, by their numbers, are disjoint halves. */
export interface HalvedParts {
  readonly parts: readonly (readonly number[])[];
  readonly pairs: readonly (readonly [left: number, right: number])[];
}

/** {@link disjointHalves} of places 0 … count − 1: a part stands in several pairs. */
export function halvedParts(count: number): HalvedParts {
  const numbers = new Map<string, number>();
  const parts: (readonly number[])[] = [];
  const numberOf = (part: readonly number[]): number => {
    const key = part.toSorted((left, right) => left - right).join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, parts.length);
    return parts.push(part) - 1;
  };
  const pairs = disjointHalves(count).map(([left, right]) => [numberOf(left), numberOf(right)] as const);
  return { parts, pairs };
}

/** Null where there are more than so many. */
function subsets(
  places: readonly number[],
  size: number,
  most: number,
): readonly (readonly number[])[] | null {
  let found: (readonly number[])[] = [[]];
  for (let taken = 0; taken < size; taken++) {
    found = found.flatMap((part) =>
      places.filter((place) => place > (part.at(-1) ?? -1)).map((place) => [...part, place]),
    );
    if (found.length > 4 * most) return null;
  }
  return found.length > most ? null : found;
}

function coprime(one: number, other: number): boolean {
  let [a, b] = [one, other];
  while (b !== 0) [a, b] = [b, a % b];
  return a === 1;
}
