import type { Activation } from './activation.ts';
import type { Weight } from './forward.ts';
import type { Optimizer } from './optimizer.ts';
import type { Tape } from './tape.ts';

/**
 * One update of every weight, fused with the backward pass.
 *
 *     ∂loss/∂w^l = m_l E_lᵀ x^{l−1}        E_{l−1} = m_l (E_l w^l) ∘ φ′(h^{l−1})        E_{L+1} = ∂loss/∂f
 *
 * Each error passes through w^l before w^l moves, so that gradient descent stores no gradient.
 *
 * @param tape of a forward pass at these weights, its last error filled; the other errors are overwritten
 * @param rates learning rate on w^l at index l − 1
 */
export function descend(
  weights: readonly Weight[],
  {
    tape,
    activation,
    optimizer,
    rates,
  }: { tape: Tape; activation: Activation; optimizer: Optimizer; rates: readonly number[] },
): void {
  optimizer.begin();
  for (let index = weights.length - 1; index >= 0; index--) {
    const { w, multiplier } = weights[index];
    const error = tape.errors[index];
    if (index > 0) {
      tape.multiply(tape.errors[index - 1], { a: error, b: w, scale: multiplier });
      multiplyByDerivative(index - 1, tape, activation);
    }
    const below = tape.activations[index - 1] ?? tape.inputs;
    optimizer.update(index, { a: error, transposeA: true, b: below }, rates[index]);
  }
}

/** E ∘ φ′(h) of the layer at this index. */
export function multiplyByDerivative(index: number, tape: Tape, { derivative }: Activation): void {
  const error = tape.errors[index].data;
  const h = tape.preactivations[index].data;
  const x = tape.activations[index].data;
  for (let i = 0; i < error.length; i++) error[i] *= derivative(h[i], x[i]);
}
