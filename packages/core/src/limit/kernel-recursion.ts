import { type Matrix, matrix } from '../linalg/matrix.ts';
import type { PairExpectation } from './gaussian-expectation.ts';

/** The kernel of the inputs, Φ⁰ = ⟨ξ_i, ξ_j⟩, of samples in rows [samples, inputDim]. */
export function inputKernel(inputs: Matrix): Matrix {
  const { cols, data } = inputs;
  return symmetric(inputs.rows, (i, j) => {
    let dot = 0;
    for (let k = 0; k < cols; k++) dot += data[i * cols + k] * data[j * cols + k];
    return dot;
  });
}

/**
 * The kernel of one layer's features from that of the layer before.
 *
 *     Φˡ_ij = E[φ(u)φ(v)],   (u, v) ~ N(0, σ²·[[Φ_ii, Φ_ij], [Φ_ij, Φ_jj]]ˡ⁻¹)
 *
 * @param gain σ², the limit of fan-in · Var W; 0 makes every preactivation vanish
 * @returns Φˡ, shape [samples, samples]
 */
export function nextKernel(expectation: PairExpectation, previous: Matrix, gain: number): Matrix {
  const { rows, data } = previous;
  const covariance = (i: number, j: number) => gain * data[i * rows + j];
  return symmetric(rows, (i, j) => expectation(covariance(i, i), covariance(j, j), covariance(i, j)));
}

function symmetric(rows: number, entry: (i: number, j: number) => number): Matrix {
  const result = matrix(rows, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      result.data[i * rows + j] = result.data[j * rows + i] = entry(i, j);
    }
  }
  return result;
}
