import { type Matrix, matrix } from '../linalg/matrix.ts';
import { spectralNorm } from '../linalg/spectral-norm.ts';
import { updateAlignment } from '../linalg/update-alignment.ts';
import type { EngineSession, WeightSize } from './engine.ts';

/** The sizes of the weights of a session, in float64 and copied. */
export function watchedWeights(
  session: Pick<EngineSession, 'getParams' | 'features'>,
): () => readonly WeightSize[] {
  const initial = session.getParams();
  return () =>
    session
      .getParams()
      .map((w, index) =>
        weightSize(w, initial[index], index === 0 ? undefined : () => session.features(index, 'activation')),
      );
}

/** @param met the features that the weight meets, one sample a row */
export function weightSize(now: Matrix, before: Matrix, met: (() => Matrix) | undefined): WeightSize {
  const update = matrix(now.rows, now.cols);
  for (let at = 0; at < update.data.length; at++) update.data[at] = now.data[at] - before.data[at];
  const change = spectralNorm(update);
  return {
    norm: spectralNorm(now),
    change,
    alignment: met && change > 0 ? updateAlignment(update, met()) : null,
  };
}
