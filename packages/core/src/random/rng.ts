import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A source of uniform numbers in [0, 1), multiples of 2^−53. Same seed, same stream, on every machine. */
export interface Rng {
  next(): number;
  /**
   * An independent stream. Takes four words of this one, whatever is drawn from the new one later.
   *
   * @param key a 32-bit integer, such as a width: another key at the same place gives another stream
   */
  split(key?: number): Rng;
  /** Where the stream stands: four words, those of lower bits first, for who draws from them elsewhere. */
  words(): readonly [number, number, number, number];
}

/** One stream per purpose, so that drawing more of one never moves another. */
export interface SeedStreams {
  readonly weights: Rng;
  readonly data: Rng;
  readonly batches: Rng;
}

/** @param seed an integer in [0, 2^53) */
export function rngFromSeed(seed: number): Rng {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`rngFromSeed: expected an integer in [0, 2^53), got ${seed}`);
  }
  const low = seed | 0;
  const high = Math.floor(seed / 0x1_0000_0000);
  // A Weyl sequence through a mixer: neighboring seeds must not start in neighboring states, from which
  // xoroshiro's first outputs would be near copies.
  return rngFromWords([1, 2, 3, 4].map((k) => mixed(low ^ mixed(high + Math.imul(k, GOLDEN)))));
}

/** The streams of a run. */
export function streamsFromSeed(seed: number): SeedStreams {
  const root = rngFromSeed(seed);
  return { weights: root.split(), data: root.split(), batches: root.split() };
}

/** ⌊2^32/φ⌋, φ the golden ratio: the increment of a Weyl sequence on 32 bits. */
const GOLDEN = 0x9e3779b9;

function rngFromWords(state: readonly number[]): Rng {
  const generator = xoroshiro128plusFromState(state);
  return {
    next: () => uniformFloat64(generator),
    words() {
      const [high0, low0, high1, low1] = generator.getState();
      return [low0, high0, low1, high1];
    },
    split: (key = 0) => rngFromWords([0, 1, 2, 3].map(() => mixed(generator.next() ^ key))),
  };
}

/** The 32-bit finalizer of MurmurHash3: a bijection in which every input bit reaches every output bit. */
function mixed(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
