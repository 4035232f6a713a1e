import type { Multiply, Product } from '../linalg/gemm.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import type { Weight } from './forward.ts';

/** How gradients become updates. */
export type OptimizerSpec =
  | { readonly kind: 'sgd' }
  | { readonly kind: 'momentum'; readonly momentum: number }
  | AdamSpec;

export interface AdamSpec {
  readonly kind: 'adam';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** How many of mean, square and gradient an update rule keeps of every entry; gradient descent not even its gradient. */
export const REMEMBERED: Readonly<Record<OptimizerSpec['kind'], number>> = { sgd: 0, momentum: 1, adam: 3 };

/** The rules there are, with their usual constants; ε is small enough to be negligible beside every gradient. */
export const OPTIMIZERS: Readonly<Record<OptimizerSpec['kind'], OptimizerSpec>> = {
  sgd: { kind: 'sgd' },
  momentum: { kind: 'momentum', momentum: 0.9 },
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-12 },
};

/** Updates the weights of one network, layer by layer, and keeps what its rule remembers of them. */
export interface Optimizer {
  /** Once a step, before any layer. */
  begin(): void;
  /**
   * @param product Eᵀx, which m times over is the gradient with respect to w
   * @param rate learning rate on w
   */
  update(index: number, product: Product, rate: number): void;
}

/**
 * The update rule of a network's weights.
 *
 *     sgd        w ← w − ηg
 *     momentum   u ← μu + g,   w ← w − ηu
 *     adam       p ← β₁p + (1 − β₁)g,   q ← β₂q + (1 − β₂)g²,   w ← w − η·p̂/(√q̂ + ε),   p̂ = p/(1 − β₁ᵗ),   q̂ = q/(1 − β₂ᵗ)
 *
 * @see Kingma & Ba 2015, algorithm 1; PyTorch's SGD and Adam are these rules
 */
export function optimizerOf(spec: OptimizerSpec, weights: readonly Weight[], multiply: Multiply): Optimizer {
  switch (spec.kind) {
    case 'sgd':
      return {
        begin() {},
        update(index, product, rate) {
          const { w, multiplier } = weights[index];
          multiply(w, { ...product, scale: -(rate * multiplier), add: true });
        },
      };
    case 'momentum':
      return momentum(spec.momentum, weights, multiply);
    case 'adam':
      return adam(spec, weights, multiply);
  }
}

function momentum(factor: number, weights: readonly Weight[], multiply: Multiply): Optimizer {
  const velocities = weights.map(({ w }) => matrix(w.rows, w.cols));
  return {
    begin() {},
    update(index, product, rate) {
      const { w, multiplier } = weights[index];
      const velocity = velocities[index];
      for (let at = 0; at < velocity.data.length; at++) velocity.data[at] *= factor;
      multiply(velocity, { ...product, scale: multiplier, add: true });
      for (let at = 0; at < w.data.length; at++) w.data[at] -= rate * velocity.data[at];
    },
  };
}

function adam(spec: AdamSpec, weights: readonly Weight[], multiply: Multiply): Optimizer {
  const { beta1, beta2, epsilon } = spec;
  const zeros = (): Matrix[] => weights.map(({ w }) => matrix(w.rows, w.cols));
  const [means, squares, gradients] = [zeros(), zeros(), zeros()];
  const corrections = biasCorrections(spec);
  return {
    begin: corrections.begin,
    update(index, product, rate) {
      const { w, multiplier } = weights[index];
      const g = multiply(gradients[index], { ...product, scale: multiplier }).data;
      const [p, q] = [means[index].data, squares[index].data];
      const { ofMean, ofSquare } = corrections;
      for (let at = 0; at < g.length; at++) {
        p[at] = beta1 * p[at] + (1 - beta1) * g[at];
        q[at] = beta2 * q[at] + (1 - beta2) * g[at] * g[at];
        w.data[at] -= (rate * (p[at] / ofMean)) / (Math.sqrt(q[at] / ofSquare) + epsilon);
      }
    },
  };
}

/** 1 − β₁ᵗ and 1 − β₂ᵗ: what the averages of Adam, which start at 0, are short by at step t. */
export function biasCorrections({ beta1, beta2 }: AdamSpec): {
  begin(): void;
  readonly ofMean: number;
  readonly ofSquare: number;
} {
  let [power1, power2] = [1, 1];
  return {
    begin() {
      power1 *= beta1;
      power2 *= beta2;
    },
    get ofMean() {
      return 1 - power1;
    },
    get ofSquare() {
      return 1 - power2;
    },
  };
}
