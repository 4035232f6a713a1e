import type { Rng } from './rng.ts';

/**
 * Fills `out` with independent normal numbers of mean 0 by the transform of Box & Muller.
 *
 *     r = √(−2 log u₁)        z₁ = r cos 2πu₂        z₂ = r sin 2πu₂
 *
 * The k-th number is std times the k-th standard normal of the stream, so that runs that differ only in std
 * share their draws. An odd length leaves its last z₂ unused.
 *
 * @param out overwritten
 * @returns `out`
 * @see Box & Muller 1958, "A note on the generation of random normal deviates"
 */
export function fillNormal(out: Float64Array, rng: Rng, std = 1): Float64Array {
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - rng.next())); // 1 − u lies in (0, 1]: the logarithm is finite
    const angle = 2 * Math.PI * rng.next();
    out[i] = std * (radius * Math.cos(angle));
    if (i + 1 < out.length) out[i + 1] = std * (radius * Math.sin(angle));
  }
  return out;
}

/** Normal numbers that are wanted from a stream of their own. */
export interface NormalDraw {
  readonly count: number;
  /** 0 draws nothing. */
  readonly std: number;
  readonly rng: Rng;
}

/** What a draw gives; whoever has a quicker way to the same bits brings it. */
export type DrawNormals = (draw: NormalDraw) => Float64Array;

/** Independent draws of N(0, std²); zeros, and nothing drawn, for a std of 0. */
export function drawNormals({ count, std, rng }: NormalDraw): Float64Array {
  const out = new Float64Array(count);
  return std === 0 ? out : fillNormal(out, rng, std);
}
