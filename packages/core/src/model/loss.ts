import { type Matrix, matrix } from '../linalg/matrix.ts';

export interface LossSpec {
  /**
   * ½‖f − y‖² or ‖f − y‖², summed over outputs; or the cross-entropy of softmax f with the classes that y stands for.
   */
  readonly kind: 'half-square' | 'square' | 'cross-entropy';
  /** Over samples. */
  readonly reduction: 'mean' | 'sum';
}

/**
 * The loss of a batch, averaged or summed over samples: ½‖f − y‖², ‖f − y‖², or −Σ_k p_k log softmax(f)_k.
 *
 * A data set of classes has targets y = p − 1/k, p being 1 at the class and 0 elsewhere.
 *
 * @param outputs f and @param targets y: shape [samples, outputDim]
 * @see docs/math.md#loss-and-error-signal
 */
export function loss(spec: LossSpec, outputs: Matrix, targets: Matrix): number {
  if (spec.kind === 'cross-entropy') return crossEntropy(spec, outputs, targets);
  let squares = 0;
  for (let i = 0; i < outputs.data.length; i++) {
    const difference = outputs.data[i] - targets.data[i];
    squares += difference * difference;
  }
  return 0.5 * errorFactor(spec, outputs.rows) * squares;
}

/**
 * ∂loss/∂f: the error signals χ = f − y, 2(f − y) or softmax f − p of all samples, divided by their number if it is a mean.
 *
 * @param out shape [samples, outputDim]; overwritten
 */
export function fillErrorSignal(out: Matrix, spec: LossSpec, { outputs, targets }: ErrorPair): void {
  const factor = errorFactor(spec, outputs.rows);
  const { data } = residuals(spec, { outputs, targets });
  for (let i = 0; i < data.length; i++) out.data[i] = factor * data[i];
}

/** What χ is a multiple of: f − y, or softmax f − p; shape [samples, outputDim]. */
export function residuals(spec: LossSpec, { outputs, targets }: ErrorPair): Matrix {
  const { rows, cols, data } = spec.kind === 'cross-entropy' ? softmaxDeviation(outputs) : outputs;
  return matrix(
    rows,
    cols,
    data.map((reached, at) => reached - targets.data[at]),
  );
}

interface ErrorPair {
  readonly outputs: Matrix;
  readonly targets: Matrix;
}

/** ∂loss/∂f = errorFactor · χ: 1 or 2, divided by the number of samples if it is a mean. */
export function errorFactor({ kind, reduction }: LossSpec, samples: number): number {
  return (kind === 'square' ? 2 : 1) / (reduction === 'mean' ? samples : 1);
}

/** log Σ_k e^{f_k} − Σ_k p_k f_k of every sample, the largest output taken out of the sum. */
function crossEntropy(spec: LossSpec, outputs: Matrix, targets: Matrix): number {
  const { rows, cols } = outputs;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const f = outputs.data.subarray(row * cols, (row + 1) * cols);
    const largest = Math.max(...f);
    let exponentials = 0;
    let reached = 0;
    for (let k = 0; k < cols; k++) {
      exponentials += Math.exp(f[k] - largest);
      reached += (targets.data[row * cols + k] + 1 / cols) * (f[k] - largest);
    }
    total += Math.log(exponentials) - reached;
  }
  return errorFactor(spec, rows) * total;
}

/** softmax f − 1/k of every sample: what the targets of classes are held against. */
function softmaxDeviation({ rows, cols, data }: Matrix): Matrix {
  const out = matrix(rows, cols);
  for (let row = 0; row < rows; row++) {
    const f = data.subarray(row * cols, (row + 1) * cols);
    const largest = Math.max(...f);
    let exponentials = 0;
    for (let k = 0; k < cols; k++) {
      const each = Math.exp(f[k] - largest);
      out.data[row * cols + k] = each;
      exponentials += each;
    }
    for (let k = 0; k < cols; k++) {
      const at = row * cols + k;
      out.data[at] = out.data[at] / exponentials - 1 / cols;
    }
  }
  return out;
}
