import type { Multiply } from '../linalg/gemm.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import type { NetSpec } from './net-spec.ts';

/** What one pass through the network leaves behind, allocated once per run. Index l − 1 holds layer l. */
export interface Tape {
  /** ξ, shape [samples, inputDim]. */
  readonly inputs: Matrix;
  /** h^l, shape [samples, width]. */
  readonly preactivations: readonly Matrix[];
  /** x^l = φ(h^l), shape [samples, width]. */
  readonly activations: readonly Matrix[];
  /** f, shape [samples, outputDim]. */
  readonly outputs: Matrix;
  /** ∂loss/∂h^l for l = 1 … L, then ∂loss/∂f. */
  readonly errors: readonly Matrix[];
  readonly multiply: Multiply;
}

/**
 * Room for one forward and one backward pass over these inputs.
 *
 * @param inputs [samples, d], kept and not written to
 */
export function newTape({ width, depth, outputDim }: NetSpec, inputs: Matrix, multiply: Multiply): Tape {
  const hidden = (): Matrix[] => Array.from({ length: depth }, () => matrix(inputs.rows, width));
  return {
    inputs,
    preactivations: hidden(),
    activations: hidden(),
    outputs: matrix(inputs.rows, outputDim),
    errors: [...hidden(), matrix(inputs.rows, outputDim)],
    multiply,
  };
}
