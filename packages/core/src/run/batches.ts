import { streamsFromSeed } from '../random/rng.ts';
import type { RunSpec } from './run-spec.ts';

/** Which samples the updates of a run see, from its first one on. */
export interface Batches {
  /** Rows of one batch. */
  readonly rows: number;
  /** Sample numbers of the next `steps` batches, one batch after the other; none where a batch is all samples. */
  next(steps: number): Int32Array;
}

/**
 * The batches of a run: all samples without a word; else every epoch shuffles them and cuts them into batches of one size,
 * what is left over waiting for the next shuffle. They depend on seed and sizes alone, so that all widths and
 * parametrizations of a seed see the same.
 *
 * @see Durstenfeld 1964, "Algorithm 235: Random permutation"
 */
export function batchesOf({ seed, batch }: Pick<RunSpec, 'seed' | 'batch'>, samples: number): Batches {
  const rows = Math.min(batch ?? samples, samples);
  if (rows === samples) return { rows, next: () => new Int32Array(0) };
  const rng = streamsFromSeed(seed).batches;
  const order = Int32Array.from({ length: samples }, (_, sample) => sample);
  let at = samples;
  const nextBatch = (): Int32Array => {
    if (at + rows > samples) {
      for (let last = samples - 1; last > 0; last--) {
        const other = Math.floor(rng.next() * (last + 1));
        [order[last], order[other]] = [order[other], order[last]];
      }
      at = 0;
    }
    at += rows;
    return order.subarray(at - rows, at);
  };
  return {
    rows,
    next(steps) {
      const numbers = new Int32Array(steps * rows);
      for (let step = 0; step < steps; step++) numbers.set(nextBatch(), step * rows);
      return numbers;
    },
  };
}
