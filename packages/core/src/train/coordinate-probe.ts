import type { EngineSession, MovedCoordinates } from '../engines/engine.ts';
import { frobeniusDistance } from '../linalg/norms.ts';
import { coordinateSize, coordinateUpdate } from '../quantities/coordinates.ts';
import type { SeriesPoint } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import type { Probe } from './observation.ts';
import { weightProbe } from './weight-probe.ts';

/**
 * Looks at the coordinates of every layer, readout included: their size, and how far they have moved; where the plan asks
 * for them, at the last step also at the weights.
 */
export function coordinateProbe(session: EngineSession, spec: RunSpec): Probe {
  const look = session.watchCoordinates();
  const weights = spec.probe.weights === 'norms' ? weightProbe(session, spec) : () => [];
  return {
    observe(step) {
      const layers = look();
      const coordinates = layers.flatMap(({ now, begun }, index): readonly SeriesPoint[] => [
        { quantity: 'coordinateSize', layer: index + 1, value: coordinateSize(now) },
        { quantity: 'coordinateUpdate', layer: index + 1, value: coordinateUpdate(now, begun) },
      ]);
      const outputChange = rmsDistance(layers[layers.length - 1]);
      if (![outputChange, ...coordinates.map(({ value }) => value)].every(Number.isFinite)) return undefined;
      const points = step === spec.steps ? [...coordinates, ...weights()] : coordinates;
      if (!points.every(({ value }) => Number.isFinite(value))) return undefined;
      return { outputChange, points, features: [] };
    },
    outcomes: () => [],
  };
}

function rmsDistance({ now, begun }: MovedCoordinates): number {
  return frobeniusDistance(now, begun) / Math.sqrt(now.data.length);
}
