import { type Linalg, PLAIN_LINALG } from '../linalg/linalg.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { gramSpectrum } from './gram-spectrum.ts';
import { type LambdaMin, lambdaMin } from './lambda-min.ts';

/**
 * Smallest eigenvalue of the Gram of initial and trained features together, [X_0, X_T]ᵀ[X_0, X_T]/n.
 *
 * Positive when training gave the samples features that the initial ones do not span: 0 where nothing moved, and
 * always 0 with fewer than 2 · samples units.
 *
 * @param initial and @param trained of the same samples: shape [samples, width]
 * @see docs/math.md#joint-lambda-min
 */
export function jointLambdaMin(initial: Matrix, trained: Matrix, linalg: Linalg = PLAIN_LINALG): LambdaMin {
  if (initial.cols !== trained.cols) {
    throw new RangeError(
      `jointLambdaMin: expected features of one width, got ${initial.cols} and ${trained.cols}`,
    );
  }
  const stacked = matrix(initial.rows + trained.rows, initial.cols);
  stacked.data.set(initial.data);
  stacked.data.set(trained.data, initial.data.length);
  return lambdaMin(stacked, gramSpectrum(stacked, linalg));
}
