import type { EngineSession } from '../engines/engine.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
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
  const look = session.watchWeights();
  return () =>
    look().flatMap(({ norm, change, alignment }, index) => {
      const { multiplier, fanIn, fanOut } = scaling[index];
      const layer = index + 1;
      const unit = multiplier * Math.sqrt(fanIn / fanOut);
      const moved = change * unit;
      return [
        { quantity: 'spectralNorm' as const, layer, value: norm * unit },
        ...(moved > 0 ? [{ quantity: 'spectralUpdate' as const, layer, value: moved }] : []),
        ...(moved > 0 && alignment !== null
          ? [{ quantity: 'alignment' as const, layer, value: alignment }]
          : []),
      ];
    });
}
