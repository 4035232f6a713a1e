import type { EngineSession } from '../engines/engine.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { coordinateSize, coordinateUpdate } from '../quantities/coordinates.ts';
import type { SeriesPoint } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { copied, type LayerProbe } from './observation.ts';
import { weightProbe } from './weight-probe.ts';

/**
 * Looks at the coordinates of every layer, readout included: their size, and how far they have moved; where the plan asks
 * for them, at the last step also at the weights.
 */
export function coordinateProbe(session: EngineSession, spec: RunSpec): LayerProbe {
  const { depth } = spec.net;
  const layers = Array.from({ length: depth + 1 }, (_, index) => index + 1);
  const coordinatesOf = (layer: number): Matrix =>
    layer > depth ? session.outputs() : session.features(layer, 'preactivation');
  const initial = layers.map((layer) => copied(coordinatesOf(layer)));
  const weights = spec.probe.weights === 'norms' ? weightProbe(session, spec) : () => [];
  return {
    observe(step) {
      const coordinates = layers.flatMap((layer, index): readonly SeriesPoint[] => {
        const now = coordinatesOf(layer);
        return [
          { quantity: 'coordinateSize', layer, value: coordinateSize(now) },
          { quantity: 'coordinateUpdate', layer, value: coordinateUpdate(now, initial[index]) },
        ];
      });
      if (!coordinates.every(({ value }) => Number.isFinite(value))) return undefined;
      const points = step === spec.steps ? [...coordinates, ...weights()] : coordinates;
      return points.every(({ value }) => Number.isFinite(value)) ? { points, features: [] } : undefined;
    },
    outcomes: () => [],
  };
}
