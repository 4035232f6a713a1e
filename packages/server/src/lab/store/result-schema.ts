import { ACTIVATION_NAMES, type QuantityName, type RunResult, type RunSpec } from '@widthwise/core';
import * as v from 'valibot';

/** JSON has no other number, and what is written is never −0. */
const NUMBER = v.custom<number>((value) => Number.isFinite(value) && !Object.is(value, -0));
const COUNT = v.pipe(NUMBER, v.integer(), v.minValue(0));
const KNOWN_OR_NOT = v.nullable(NUMBER);

const ABC = v.strictObject({ a: NUMBER, b: v.union([NUMBER, v.literal('zero')]), c: NUMBER });

const SPEC: v.GenericSchema<unknown, RunSpec> = v.strictObject({
  version: v.literal(1),
  net: v.strictObject({
    inputDim: COUNT,
    width: COUNT,
    depth: COUNT,
    outputDim: COUNT,
    activation: v.picklist(ACTIVATION_NAMES),
  }),
  exponents: v.strictObject({ input: ABC, hidden: ABC, output: ABC }),
  optimizer: v.variant('kind', [
    v.strictObject({ kind: v.literal('sgd') }),
    v.strictObject({ kind: v.literal('momentum'), momentum: NUMBER }),
    v.strictObject({ kind: v.literal('adam'), beta1: NUMBER, beta2: NUMBER, epsilon: NUMBER }),
  ]),
  constants: v.strictObject({ baseWidth: NUMBER, initStd: NUMBER, learningRate: NUMBER }),
  loss: v.strictObject({
    kind: v.picklist(['half-square', 'square', 'cross-entropy']),
    reduction: v.picklist(['mean', 'sum']),
  }),
  data: v.strictObject({ kind: v.string(), hash: v.string() }),
  steps: COUNT,
  probe: v.strictObject({
    samples: COUNT,
    steps: v.array(COUNT),
    measures: v.exactOptional(v.picklist(['coordinates', 'convergence', 'loss'])),
    weights: v.exactOptional(v.literal('norms')),
    keeps: v.exactOptional(v.picklist(['grams', 'marginals'])),
  }),
  seed: COUNT,
  engine: v.strictObject({ name: v.string(), numerics: COUNT }),
});

/** What a quantity is measured of; a run watches features, and gradients too where it measures convergence, or coordinates. */
type Measured = 'network' | 'features' | 'coordinates' | 'loss-gradient' | 'gradients';

const MEASURED: Readonly<Record<QuantityName, Measured>> = {
  loss: 'network',
  outputChange: 'network',
  movement: 'features',
  lambdaMin: 'features',
  effectiveRank: 'features',
  stableRank: 'features',
  coordinateSize: 'coordinates',
  coordinateUpdate: 'coordinates',
  spectralNorm: 'coordinates',
  spectralUpdate: 'coordinates',
  alignment: 'coordinates',
  lambdaMinPre: 'features',
  errorNorm: 'loss-gradient',
  errorBound: 'loss-gradient',
  tangentErrorBound: 'loss-gradient',
  gradientNorm: 'gradients',
};

const BOUND = v.strictObject({
  step: COUNT,
  features: v.picklist(['undecidable', 'rank-deficient', 'independent']),
  gap: KNOWN_OR_NOT,
  tightness: KNOWN_OR_NOT,
  sigmaMin: NUMBER,
  floor: NUMBER,
  rank: COUNT,
  error: NUMBER,
  errorBound: KNOWN_OR_NOT,
  lossFloor: KNOWN_OR_NOT,
  tangent: v.nullable(v.strictObject({ lambdaMin: NUMBER, errorBound: KNOWN_OR_NOT, gap: KNOWN_OR_NOT })),
});

const RESULT = v.strictObject({
  schema: v.literal('widthwise/run'),
  version: v.literal(1),
  hash: v.string(),
  spec: SPEC,
  state: v.picklist(['finished', 'diverged']),
  divergedAt: v.nullable(COUNT),
  loss: v.strictTuple([KNOWN_OR_NOT, KNOWN_OR_NOT]),
  outputChange: KNOWN_OR_NOT,
  layers: v.array(
    v.strictObject({
      layer: COUNT,
      movement: KNOWN_OR_NOT,
      lambdaMinInit: KNOWN_OR_NOT,
      lambdaMinFinal: KNOWN_OR_NOT,
      lambdaMinJoint: KNOWN_OR_NOT,
      floor: KNOWN_OR_NOT,
      floorJoint: KNOWN_OR_NOT,
    }),
  ),
  series: v.array(
    v.strictObject({
      quantity: v.picklist(Object.keys(MEASURED) as QuantityName[]),
      layer: v.nullable(COUNT),
      steps: v.array(COUNT),
      values: v.array(NUMBER),
    }),
  ),
  kept: v.exactOptional(
    v.array(v.strictObject({ layer: COUNT, step: COUNT, gram: v.array(NUMBER), displacement: NUMBER })),
  ),
  marginals: v.exactOptional(v.array(v.array(NUMBER))),
  bounds: v.exactOptional(v.array(BOUND)),
});

/** What may be watched beside what belongs to the network. */
const WATCHED: Readonly<Record<'features' | 'coordinates' | 'convergence' | 'loss', readonly Measured[]>> = {
  features: ['features'],
  coordinates: ['coordinates'],
  convergence: ['features', 'loss-gradient', 'gradients'],
  loss: [],
};

type Form = v.InferOutput<typeof RESULT>;

/** A result of the form that a run of its spec leaves: what reads it meets no surprise. */
export const WHOLE_RESULT: v.GenericSchema<unknown, RunResult> = v.pipe(
  RESULT,
  v.check(endsAsItSays),
  v.check(hasItsLayers),
  v.check(keepsWhatItSays),
  v.check(boundsWhatItSays),
  v.check(({ series, ...result }) => series.every((each) => isWatched(each, result))),
);

function endsAsItSays({ state, divergedAt, loss, spec }: Form): boolean {
  if (state === 'finished') return divergedAt === null && loss.every((value) => value !== null);
  return divergedAt !== null && divergedAt <= spec.steps && loss[1] === null;
}

function hasItsLayers({ layers, spec: { net, probe } }: Form): boolean {
  const count = probe.measures === 'coordinates' || probe.measures === 'loss' ? 0 : net.depth;
  return layers.length === count && layers.every(({ layer }, index) => layer === index + 1);
}

function keepsWhatItSays({ kept, marginals, state, spec: { net, probe } }: Form): boolean {
  const hasMarginals = probe.keeps === 'marginals' && state === 'finished';
  if ((marginals !== undefined) !== hasMarginals) return false;
  if (probe.keeps === undefined || kept === undefined) return probe.keeps === undefined && kept === undefined;
  const entries = (probe.samples * (probe.samples + 1)) / 2;
  const probed = new Set(probe.steps);
  return kept.every(
    ({ layer, step, gram }) =>
      layer >= 1 && layer <= net.depth && probed.has(step) && gram.length === entries,
  );
}

function boundsWhatItSays({ bounds, spec: { probe } }: Form): boolean {
  if (probe.measures !== 'convergence') return bounds === undefined;
  return bounds?.every(({ step }) => probe.steps.includes(step)) ?? false;
}

function isWatched(
  { quantity, layer, steps, values }: Form['series'][number],
  { spec: { net, probe } }: Pick<Form, 'spec'>,
): boolean {
  const of = MEASURED[quantity];
  const ofNetwork = of === 'network' || of === 'loss-gradient';
  // Coordinates and gradients are those of the readout too.
  const layers = of === 'features' ? net.depth : net.depth + 1;
  const hasPlace = ofNetwork ? layer === null : layer !== null && layer >= 1 && layer <= layers;
  const isAsked = of === 'network' || WATCHED[probe.measures ?? 'features'].includes(of);
  const probed = new Set(probe.steps);
  const ascend = steps.every((step, index) => probed.has(step) && (index === 0 || step > steps[index - 1]!));
  return hasPlace && isAsked && ascend && steps.length === values.length;
}
