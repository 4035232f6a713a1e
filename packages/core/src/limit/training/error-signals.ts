import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { fillErrorSignal } from '../../model/loss.ts';
import type { LimitTraining } from './training-limit.ts';

/** χ of all samples at outputs f: [samples, outputDim]. */
export function errorSignals(
  { loss, targets }: Pick<LimitTraining, 'loss' | 'targets'>,
  outputs: Matrix,
): Matrix {
  const chi = matrix(outputs.rows, outputs.cols);
  fillErrorSignal(chi, loss, { outputs, targets });
  return chi;
}
