import { alignment } from '../linalg/alignment.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { gramTimes, hasShortSide, spectralNorm } from '../linalg/spectral-norm.ts';
import type { EngineSession, WeightSize } from './engine.ts';
import { type LargeMatrix, type Norms, weightNorms } from './weight-norms.ts';

/** The sizes of the weights of a session, in float64 and copied. */
export function watchedWeights(
  session: Pick<EngineSession, 'getParams' | 'features'>,
): () => readonly WeightSize[] {
  const initial = session.getParams();
  const normsOf = initial.map(({ rows, cols }) => (hasShortSide(rows, cols) ? shortNorms : largeNorms()));
  return () =>
    session.getParams().map((w, index) => {
      const change = difference(w, initial[index]);
      const norms = normsOf[index](w, change);
      const isAligned = index > 0 && norms.change > 0;
      const features = isAligned ? session.features(index, 'activation') : undefined;
      return { ...norms, alignment: features === undefined ? null : alignment(change, features) };
    });
}

/** ‖w‖₂ and ‖w − w_0‖₂ where a side is short. */
export function shortNorms(w: Matrix, change: Matrix): Norms {
  return { norm: spectralNorm(w), change: spectralNorm(change) };
}

function largeNorms(): (w: Matrix, change: Matrix) => Norms {
  const norms = weightNorms();
  const large = (m: Matrix): LargeMatrix => ({ cols: m.cols, gramTimes: (v) => gramTimes(m, v) });
  return (w, change) => norms(large(w), change.data.some((entry) => entry !== 0) ? large(change) : undefined);
}

export function difference(now: Matrix, before: Matrix): Matrix {
  const out = matrix(now.rows, now.cols);
  for (let at = 0; at < out.data.length; at++) out.data[at] = now.data[at] - before.data[at];
  return out;
}
