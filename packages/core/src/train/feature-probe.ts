import type { EngineSession } from '../engines/engine.ts';
import type { Linalg } from '../linalg/linalg.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { frobeniusDistance, frobeniusNorm } from '../linalg/norms.ts';
import { packedGram } from '../linalg/packed-gram.ts';
import { effectiveRank } from '../quantities/effective-rank.ts';
import { featureSingularValues, gramSpectrum } from '../quantities/gram-spectrum.ts';
import { jointLambdaMin } from '../quantities/joint-lambda-min.ts';
import { type LambdaMin, lambdaMin } from '../quantities/lambda-min.ts';
import { movement } from '../quantities/movement.ts';
import { stableRank } from '../quantities/stable-rank.ts';
import type { KeptFeatures, LayerOutcome, SeriesPoint } from '../run/run-result.ts';
import { copied, type Ends, type LayerProbe, type LayersObserved } from './observation.ts';

/** Looks at the features of every hidden layer: how far they have moved, and how rich they are. */
export function featureProbe(session: EngineSession, depth: number, linalg: Linalg): LayerProbe {
  const layers = Array.from({ length: depth }, (_, index) => index + 1);
  const initial = layers.map((layer) => ({
    preactivation: copied(session.features(layer, 'preactivation')),
    activation: copied(session.features(layer, 'activation')),
  }));
  return {
    observe(): LayersObserved | undefined {
      const observed = layers.flatMap(
        (layer) => observeLayer(session, { layer, linalg, initial: initial[layer - 1].preactivation }) ?? [],
      );
      if (observed.length < depth) return undefined;
      return { features: observed, points: observed.flatMap(({ points }) => points) };
    },
    outcomes: (ends) =>
      layers.map((layer) => {
        const joint =
          ends.last &&
          jointLambdaMin(initial[layer - 1].activation, session.features(layer, 'activation'), linalg);
        return outcomeOf(layer, ends, joint);
      }),
  };
}

interface LayerObserved {
  /** ∞ where H_0 = 0. */
  readonly movement: number;
  readonly lambdaMin: LambdaMin;
  readonly kept: Omit<KeptFeatures, 'step'>;
  readonly points: readonly SeriesPoint[];
}

function observeLayer(
  session: EngineSession,
  { layer, initial, linalg }: { readonly layer: number; readonly initial: Matrix; readonly linalg: Linalg },
): LayerObserved | undefined {
  const h = session.features(layer, 'preactivation');
  const x = session.features(layer, 'activation');
  if (!Number.isFinite(frobeniusNorm(h)) || !Number.isFinite(frobeniusNorm(x))) return undefined;
  const gram = linalg.sampleGram(x);
  const spectrum = gramSpectrum(x, linalg, gram);
  const sigma = featureSingularValues(x, spectrum, linalg);
  const moved = movement(h, initial);
  const least = lambdaMin(x, spectrum);
  return {
    movement: moved,
    lambdaMin: least,
    kept: {
      layer,
      gram: packedGram(gram),
      displacement: frobeniusDistance(h, initial) / Math.sqrt(h.data.length),
    },
    points: [
      { quantity: 'movement', layer, value: moved },
      { quantity: 'lambdaMin', layer, value: least.value },
      { quantity: 'effectiveRank', layer, value: effectiveRank(sigma) },
      { quantity: 'stableRank', layer, value: stableRank(sigma) },
    ],
  };
}

function outcomeOf(layer: number, { first, last }: Ends, joint: LambdaMin | undefined): LayerOutcome {
  const begun = first?.features[layer - 1];
  const ended = last?.features[layer - 1];
  return {
    layer,
    movement: ended && Number.isFinite(ended.movement) ? ended.movement : null,
    lambdaMinInit: begun?.lambdaMin.value ?? null,
    lambdaMinFinal: ended?.lambdaMin.value ?? null,
    lambdaMinJoint: joint?.value ?? null,
    floor: (ended ?? begun)?.lambdaMin.floor ?? null,
    floorJoint: joint?.floor ?? null,
  };
}
