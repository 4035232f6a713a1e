export type ActivationName = 'sigmoid' | 'tanh' | 'silu' | 'gelu' | 'erf' | 'relu' | 'identity';

/**
 * A bias-free MLP as the paper writes it.
 *
 *     h¹ = W¹ξ,   xˡ = φ(hˡ),   hˡ⁺¹ = Wˡ⁺¹xˡ,   f = W^{L+1}x^L
 */
export interface NetSpec {
  /** d, the dimension of ξ. */
  readonly inputDim: number;
  /** n, the width of every hidden layer. */
  readonly width: number;
  /** L, the number of hidden layers: L + 1 weight matrices. */
  readonly depth: number;
  /** k, the dimension of f. */
  readonly outputDim: number;
  readonly activation: ActivationName;
}
