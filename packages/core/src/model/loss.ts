import type { Matrix } from '../linalg/matrix.ts';

export interface LossSpec {
  /** ½‖f − y‖² or ‖f − y‖², summed over outputs. */
  readonly kind: 'half-square' | 'square';
  /** Over samples. */
  readonly reduction: 'mean' | 'sum';
}

/**
 * The loss of a batch: ½‖f − y‖² or ‖f − y‖², averaged or summed over samples.
 *
 * @param outputs f and @param targets y: shape [samples, outputDim]
 * @see docs/math.md#loss-and-error-signal
 */
export function loss(spec: LossSpec, outputs: Matrix, targets: Matrix): number {
  let squares = 0;
  for (let i = 0; i < outputs.data.length; i++) {
    const difference = outputs.data[i] - targets.data[i];
    squares += difference * difference;
  }
  return 0.5 * errorFactor(spec, outputs.rows) * squares;
}

/**
 * ∂loss/∂f: the error signals χ = f − y or 2(f − y) of all samples, divided by their number if it is a mean.
 *
 * @param out shape [samples, outputDim]; overwritten
 */
export function fillErrorSignal(out: Matrix, spec: LossSpec, { outputs, targets }: ErrorPair): void {
  const factor = errorFactor(spec, outputs.rows);
  for (let i = 0; i < outputs.data.length; i++) out.data[i] = factor * (outputs.data[i] - targets.data[i]);
}

interface ErrorPair {
  readonly outputs: Matrix;
  readonly targets: Matrix;
}

/** ∂loss/∂f = errorFactor · (f − y): 1 or 2, divided by the number of samples if it is a mean. */
export function errorFactor({ kind, reduction }: LossSpec, samples: number): number {
  return (kind === 'square' ? 2 : 1) / (reduction === 'mean' ? samples : 1);
}
