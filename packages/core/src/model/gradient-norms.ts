import { type Matrix, matrix } from '../linalg/matrix.ts';
import { frobeniusNorm } from '../linalg/norms.ts';
import type { Activation } from './activation.ts';
import { multiplyByDerivative } from './backward.ts';
import type { Weight } from './forward.ts';
import type { Tape } from './tape.ts';

/**
 * ‖∂𝓛/∂W^l‖_F of every effective weight W^l, layer 1 first: what parametrizations share, whatever form they are written in.
 *
 * @param tape of a forward pass at these weights, its last error filled; the other errors are overwritten
 */
export function gradientNorms(
  weights: readonly Weight[],
  { tape, activation }: { tape: Tape; activation: Activation },
): readonly number[] {
  const norms: number[] = weights.map(() => 0);
  for (let index = weights.length - 1; index >= 0; index--) {
    const { w, multiplier } = weights[index];
    const error: Matrix = tape.errors[index];
    const below = tape.activations[index - 1] ?? tape.inputs;
    const gradient = tape.multiply(matrix(w.rows, w.cols), { a: error, transposeA: true, b: below });
    norms[index] = frobeniusNorm(gradient);
    if (index > 0) {
      tape.multiply(tape.errors[index - 1], { a: error, b: w, scale: multiplier });
      multiplyByDerivative(index - 1, tape, activation);
    }
  }
  return norms;
}
