import type { Matrix } from '../linalg/matrix.ts';
import type { Activation } from './activation.ts';
import type { Tape } from './tape.ts';

/** One weight as it is trained: the network multiplies by W = multiplier · w. */
export interface Weight {
  /** Shape [fanOut, fanIn]. */
  readonly w: Matrix;
  readonly multiplier: number;
}

/** Runs all samples of the tape through the network: h¹ = W¹ξ, x^l = φ(h^l), h^{l+1} = W^{l+1}x^l, f = W^{L+1}x^L. */
export function forward(weights: readonly Weight[], { phi }: Activation, tape: Tape): void {
  let below = tape.inputs;
  weights.forEach(({ w, multiplier }, index) => {
    const out = tape.preactivations[index] ?? tape.outputs;
    tape.multiply(out, { a: below, b: w, transposeB: true, scale: multiplier });
    const features = tape.activations[index];
    if (features === undefined) return;
    for (let i = 0; i < out.data.length; i++) features.data[i] = phi(out.data[i]);
    below = features;
  });
}
