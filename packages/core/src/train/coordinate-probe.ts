import type { EngineSession } from '../engines/engine.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { coordinateSize, coordinateUpdate } from '../quantities/coordinates.ts';
import type { SeriesPoint } from '../run/run-result.ts';
import { copied, type LayerProbe } from './observation.ts';

/** Looks at the coordinates of every layer, readout included: their size, and how far they have moved. */
export function coordinateProbe(session: EngineSession, depth: number): LayerProbe {
  const layers = Array.from({ length: depth + 1 }, (_, index) => index + 1);
  const coordinatesOf = (layer: number): Matrix =>
    layer > depth ? session.outputs() : session.features(layer, 'preactivation');
  const initial = layers.map((layer) => copied(coordinatesOf(layer)));
  return {
    observe() {
      const points = layers.flatMap((layer, index): readonly SeriesPoint[] => {
        const now = coordinatesOf(layer);
        return [
          { quantity: 'coordinateSize', layer, value: coordinateSize(now) },
          { quantity: 'coordinateUpdate', layer, value: coordinateUpdate(now, initial[index]) },
        ];
      });
      return points.every(({ value }) => Number.isFinite(value)) ? { points, features: [] } : undefined;
    },
    outcomes: () => [],
  };
}
