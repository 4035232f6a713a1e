import type { EngineSession } from '../engines/engine.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { spectralNorm } from '../linalg/spectral-norm.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { alignment } from '../quantities/alignment.ts';
import type { SeriesPoint } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';

/**
 * Looks at the effective weights W^l: made at step 0, it keeps how they began.
 *
 *     ‖W‖₂·√(fan-in/fan-out)        ‖W_t − W_0‖₂·√(fan-in/fan-out)        alignment of W_t − W_0 with x^{l−1}, for l ≥ 2
 *
 * An update has no norm and no alignment where nothing was updated.
 */
export function weightProbe(session: EngineSession, spec: RunSpec): () => readonly SeriesPoint[] {
  const scaling = concreteScaling(spec);
  const initial = session.getParams();
  return () =>
    session.getParams().flatMap((w, index) => {
      const { multiplier, fanIn, fanOut } = scaling[index];
      const layer = index + 1;
      const unit = multiplier * Math.sqrt(fanIn / fanOut);
      const update = difference(w, initial[index]);
      const change = spectralNorm(update) * unit;
      return [
        { quantity: 'spectralNorm' as const, layer, value: spectralNorm(w) * unit },
        ...(change > 0 ? [{ quantity: 'spectralUpdate' as const, layer, value: change }] : []),
        ...(change > 0 && layer > 1
          ? [
              {
                quantity: 'alignment' as const,
                layer,
                value: alignment(update, session.features(layer - 1, 'activation')),
              },
            ]
          : []),
      ];
    });
}

function difference(now: Matrix, before: Matrix): Matrix {
  return matrix(
    now.rows,
    now.cols,
    now.data.map((entry, at) => entry - before.data[at]),
  );
}
