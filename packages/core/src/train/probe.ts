import type { EngineSession } from '../engines/engine.ts';
import type { Linalg } from '../linalg/linalg.ts';
import { frobeniusDistance } from '../linalg/norms.ts';
import type { SeriesPoint } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { convergenceProbe } from './convergence-probe.ts';
import { coordinateProbe } from './coordinate-probe.ts';
import { featureProbe } from './feature-probe.ts';
import { copied, type LayerProbe, type Observation, type Probe } from './observation.ts';

/** A probe of what the run's plan asks for. */
export function startProbe(session: EngineSession, spec: RunSpec, linalg: Linalg): Probe {
  if (spec.probe.measures === 'coordinates') return coordinateProbe(session, spec);
  const layers = layerProbe(session, spec, linalg);
  const initialOutputs = copied(session.outputs());
  return {
    observe(step): Observation | undefined {
      const outputs = session.outputs();
      const outputChange = frobeniusDistance(outputs, initialOutputs) / Math.sqrt(outputs.data.length);
      const observed = layers.observe(step);
      if (observed === undefined || !Number.isFinite(outputChange)) return undefined;
      return { outputChange, ...observed };
    },
    outcomes: layers.outcomes,
  };
}

function layerProbe(session: EngineSession, spec: RunSpec, linalg: Linalg): LayerProbe {
  const { depth } = spec.net;
  switch (spec.probe.measures) {
    case 'loss':
      return { observe: () => ({ points: [], features: [] }), outcomes: () => [] };
    case 'convergence':
      return convergenceProbe(session, spec, linalg);
    default:
      return featureProbe(session, depth, linalg);
  }
}

/** The points that an observation adds to a run's series. A movement away from H_0 = 0 has no value and no point. */
export function pointsOf(loss: number, { outputChange, points }: Observation): readonly SeriesPoint[] {
  return [
    { quantity: 'loss' as const, layer: null, value: loss },
    { quantity: 'outputChange' as const, layer: null, value: outputChange },
    ...points,
  ].filter(({ value }) => Number.isFinite(value));
}
