import type { Multiply } from '../linalg/gemm.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import type { Activation } from './activation.ts';
import type { Weight } from './forward.ts';
import type { Tape } from './tape.ts';

/**
 * The tangent kernel K_η of all samples and outputs, each layer weighed by its rate; `tangentBound` says what it bounds.
 *
 *     K_(ia),(jb) = Σ_l η_l ⟨∂f_a(ξ_i)/∂h^l, ∂f_b(ξ_j)/∂h^l⟩ ⟨x_i^{l−1}, x_j^{l−1}⟩        x⁰ = ξ, h^{L+1} = f
 *
 * @param tape of a forward pass at these weights
 * @param rates η_l on the effective weight W^l, at index l − 1
 * @returns shape [samples · outputDim, samples · outputDim], outputs of one sample side by side
 */
export function tangentKernel(
  weights: readonly Weight[],
  { tape, activation, rates }: { tape: Tape; activation: Activation; rates: readonly number[] },
): Matrix {
  const samples = tape.inputs.rows;
  const outputs = tape.outputs.cols;
  const size = samples * outputs;
  const kernel = matrix(size, size);
  // ∂f_a(ξ_i)/∂h^l, a row an (i, a): above the last layer it is the identity over outputs.
  let backward: Matrix | null = null;
  for (let index = weights.length - 1; index >= 0; index--) {
    const below = tape.activations[index - 1] ?? tape.inputs;
    const features = tape.multiply(matrix(samples, samples), { a: below, b: below, transposeB: true });
    addLayer(kernel, { backward, features, outputs, rate: rates[index], multiply: tape.multiply });
    if (index > 0) backward = lowered(backward, { weight: weights[index], index, tape, activation });
  }
  return kernel;
}

interface LayerTerm {
  readonly backward: Matrix | null;
  readonly features: Matrix;
  readonly outputs: number;
  readonly rate: number;
  readonly multiply: Multiply;
}

function addLayer(kernel: Matrix, { backward, features, outputs, rate, multiply }: LayerTerm): void {
  const size = kernel.rows;
  const products = backward && multiply(matrix(size, size), { a: backward, b: backward, transposeB: true });
  for (let row = 0; row < size; row++) {
    const i = Math.floor(row / outputs);
    for (let col = 0; col < size; col++) {
      const same = row % outputs === col % outputs ? 1 : 0;
      const product = products === null ? same : products.data[row * size + col];
      const j = Math.floor(col / outputs);
      kernel.data[row * size + col] += rate * product * features.data[i * features.cols + j];
    }
  }
}

/** From ∂f/∂h^{l+1} to ∂f/∂h^l = (Wᵀ ∂f/∂h^{l+1}) ∘ φ′(h^l). */
function lowered(
  above: Matrix | null,
  {
    weight: { w, multiplier },
    index,
    tape,
    activation,
  }: { weight: Weight; index: number; tape: Tape; activation: Activation },
): Matrix {
  const outputs = tape.outputs.cols;
  const width = w.cols;
  const out = matrix(tape.inputs.rows * outputs, width);
  if (above === null) {
    for (let row = 0; row < out.rows; row++) {
      const from = (row % outputs) * width;
      for (let unit = 0; unit < width; unit++)
        out.data[row * width + unit] = multiplier * w.data[from + unit];
    }
  } else tape.multiply(out, { a: above, b: w, scale: multiplier });
  const h = tape.preactivations[index - 1].data;
  const x = tape.activations[index - 1].data;
  for (let row = 0; row < out.rows; row++) {
    const sample = Math.floor(row / outputs) * width;
    for (let unit = 0; unit < width; unit++) {
      out.data[row * width + unit] *= activation.derivative(h[sample + unit], x[sample + unit]);
    }
  }
  return out;
}
