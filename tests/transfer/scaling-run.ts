import {
  type Dataset,
  datasetHash,
  OPTIMIZERS,
  type Parametrization,
  type RunResult,
  type RunSpec,
  train,
  wasmEngine,
} from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import {
  fillNormal,
  initialWeights,
  type Matrix,
  type MeasuredPoint,
  rngFromSeed,
} from '@widthwise/core/theory';

const SAMPLES = 6;
const INPUT_DIM = 16;
const engine = wasmEngine(instantiateKernels);

/** Hidden layers of every network here. */
export const DEPTH = 3;

/** Gaussian inputs on the unit sphere with targets ±1 in turn. */
export function signedGaussians(seed: number): Dataset {
  const inputs = fillNormal(new Float64Array(SAMPLES * INPUT_DIM), rngFromSeed(seed));
  for (let start = 0; start < inputs.length; start += INPUT_DIM) {
    const sample = inputs.subarray(start, start + INPUT_DIM);
    const norm = Math.sqrt(sample.reduce((sum, x) => sum + x * x, 0));
    for (let k = 0; k < INPUT_DIM; k++) sample[k] /= norm;
  }
  const targets = Float64Array.from({ length: SAMPLES }, (_, i) => (i % 2 === 0 ? 1 : -1));
  return { inputs, targets, samples: SAMPLES, inputDim: INPUT_DIM, outputDim: 1 };
}

export interface Training {
  readonly width: number;
  readonly seed: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly reduction: 'mean' | 'sum';
}

/** Full-batch training of a tanh network with every sample watched, at the beginning and at the end. */
export function scalingSpec(
  { input, hidden, output, optimizer }: Parametrization,
  dataset: Dataset,
  { width, seed, steps, learningRate, reduction }: Training,
): RunSpec {
  const { inputDim, outputDim, samples } = dataset;
  return {
    version: 1,
    net: { inputDim, width, depth: DEPTH, outputDim, activation: 'tanh' },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS[optimizer],
    constants: { baseWidth: 1, initStd: 1, learningRate },
    loss: { kind: 'half-square', reduction },
    data: { kind: 'test', hash: datasetHash(dataset) },
    steps,
    probe: { samples, steps: [0, steps] },
    seed,
    engine: { name: engine.name, numerics: engine.numerics },
  };
}

/** Sizes at initialization: root mean squares over probe and coordinates. */
export interface InitialSizes {
  readonly output: number;
  /** Of h¹ … h^L. */
  readonly preactivations: readonly number[];
}

export function initialSizes(spec: RunSpec, dataset: Dataset): InitialSizes {
  const session = engine.open(spec);
  session.setData(dataset);
  session.setParams(initialWeights(spec));
  const preactivations = Array.from({ length: spec.net.depth }, (_, index) =>
    rootMeanSquare(session.features(index + 1, 'preactivation')),
  );
  const sizes = { output: rootMeanSquare(session.outputs()), preactivations };
  session.dispose();
  return sizes;
}

export function trained(spec: RunSpec, dataset: Dataset): RunResult {
  const run = train(spec, dataset, engine);
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
  }
}

/** Everything that is measured of one run, by name; NaN, which has no slope, where the run diverged. */
export function scalingMeasures(result: RunResult, initial: InitialSizes): Readonly<Record<string, number>> {
  const measures: Record<string, number> = { Δf: result.outputChange ?? Number.NaN };
  for (const { layer, movement, lambdaMinInit, lambdaMinFinal, lambdaMinJoint } of result.layers) {
    const size = initial.preactivations[layer - 1];
    measures[`Δh${layer}`] = (movement ?? Number.NaN) * size;
    measures[`joint λ_min ${layer}`] = lambdaMinJoint ?? Number.NaN;
    if (layer === 1) continue;
    measures[`h${layer} at init`] = size;
    measures[`λ_min x${layer} at init`] = lambdaMinInit ?? Number.NaN;
    measures[`λ_min x${layer} trained`] = lambdaMinFinal ?? Number.NaN;
  }
  return measures;
}

export type PointsByMeasure = Map<string, MeasuredPoint[]>;

export function collect(points: PointsByMeasure, measure: string, point: MeasuredPoint): void {
  const known = points.get(measure);
  if (known === undefined) points.set(measure, [point]);
  else known.push(point);
}

function rootMeanSquare({ data }: Matrix): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
}
