import type { EngineSession } from '../engines/engine.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { frobeniusDistance, frobeniusNorm } from '../linalg/norms.ts';
import { effectiveRank } from '../quantities/effective-rank.ts';
import { featureSingularValues, gramSpectrum } from '../quantities/gram-spectrum.ts';
import { jointLambdaMin } from '../quantities/joint-lambda-min.ts';
import { type LambdaMin, lambdaMin } from '../quantities/lambda-min.ts';
import { movement } from '../quantities/movement.ts';
import { stableRank } from '../quantities/stable-rank.ts';
import type { LayerOutcome, SeriesPoint } from '../run/run-result.ts';

/** What a probe sees of the network at one step. */
export interface Observation {
  readonly layers: readonly LayerObservation[];
  /** RMS over probe and outputs of f_t − f_0. */
  readonly outputChange: number;
}

interface LayerObservation {
  /** ∞ where H_0 = 0. */
  readonly movement: number;
  readonly lambdaMin: LambdaMin;
  readonly effectiveRank: number;
  readonly stableRank: number;
}

/** Compares a network with how it began: made at step 0, it keeps the probe's first features. */
export interface Probe {
  /** Undefined once features or outputs are too large to measure. */
  observe(): Observation | undefined;
  jointLambdaMin(layer: number): LambdaMin;
}

export function startProbe(session: EngineSession, depth: number): Probe {
  const layers = Array.from({ length: depth }, (_, index) => index + 1);
  const initial = layers.map((layer) => ({
    preactivation: copied(session.features(layer, 'preactivation')),
    activation: copied(session.features(layer, 'activation')),
  }));
  const initialOutputs = copied(session.outputs());

  const observeLayer = (layer: number): LayerObservation | undefined => {
    const h = session.features(layer, 'preactivation');
    const x = session.features(layer, 'activation');
    if (!Number.isFinite(frobeniusNorm(h)) || !Number.isFinite(frobeniusNorm(x))) return undefined;
    const spectrum = gramSpectrum(x);
    const sigma = featureSingularValues(x, spectrum);
    return {
      movement: movement(h, initial[layer - 1].preactivation),
      lambdaMin: lambdaMin(x, spectrum),
      effectiveRank: effectiveRank(sigma),
      stableRank: stableRank(sigma),
    };
  };
  return {
    observe(): Observation | undefined {
      const outputs = session.outputs();
      const outputChange = frobeniusDistance(outputs, initialOutputs) / Math.sqrt(outputs.data.length);
      const observed = layers.map(observeLayer).filter((layer) => layer !== undefined);
      if (observed.length < depth || !Number.isFinite(outputChange)) return undefined;
      return { layers: observed, outputChange };
    },
    jointLambdaMin: (layer) =>
      jointLambdaMin(initial[layer - 1].activation, session.features(layer, 'activation')),
  };
}

/** The points that an observation adds to a run's series. A movement away from H_0 = 0 has no value and no point. */
export function pointsOf(loss: number, { layers, outputChange }: Observation): readonly SeriesPoint[] {
  return [
    { quantity: 'loss' as const, layer: null, value: loss },
    { quantity: 'outputChange' as const, layer: null, value: outputChange },
    ...layers.flatMap((observed, index) => [
      { quantity: 'movement' as const, layer: index + 1, value: observed.movement },
      { quantity: 'lambdaMin' as const, layer: index + 1, value: observed.lambdaMin.value },
      { quantity: 'effectiveRank' as const, layer: index + 1, value: observed.effectiveRank },
      { quantity: 'stableRank' as const, layer: index + 1, value: observed.stableRank },
    ]),
  ].filter(({ value }) => Number.isFinite(value));
}

/** What is known of the network's beginning and end; a diverged run has no end, and perhaps no beginning. */
interface Ends {
  readonly depth: number;
  readonly first?: Observation | undefined;
  readonly last?: Observation | undefined;
}

/** The outcome of every layer, once training has ended. */
export function outcomesOf(probe: Probe, { depth, first, last }: Ends): readonly LayerOutcome[] {
  return Array.from({ length: depth }, (_, index) => {
    const layer = index + 1;
    const begun = first?.layers[index];
    const ended = last?.layers[index];
    const joint = last && probe.jointLambdaMin(layer);
    return {
      layer,
      movement: ended && Number.isFinite(ended.movement) ? ended.movement : null,
      lambdaMinInit: begun?.lambdaMin.value ?? null,
      lambdaMinFinal: ended?.lambdaMin.value ?? null,
      lambdaMinJoint: joint?.value ?? null,
      floor: (ended ?? begun)?.lambdaMin.floor ?? null,
      floorJoint: joint?.floor ?? null,
    };
  });
}

function copied(m: Matrix): Matrix {
  return matrix(m.rows, m.cols, m.data.slice());
}
