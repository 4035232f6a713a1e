import {
  type ActivationName,
  type Dataset,
  type Parametrization,
  type RunSpec,
  referenceEngine,
} from '@widthwise/core';
import { concreteScaling, initialWeights, type Matrix, matrix } from '@widthwise/core/theory';

/** The inputs (1, 0) and (.6, .8). */
export function twoSamples(targets: readonly number[]): Dataset {
  return {
    ...{ samples: 2, inputDim: 2, outputDim: 1 },
    inputs: Float64Array.of(1, 0, 0.6, 0.8),
    targets: Float64Array.from(targets),
  };
}

export interface Asked {
  readonly parametrization: Parametrization;
  readonly width: number;
  readonly depth: number;
  readonly activation: ActivationName;
  readonly steps: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** Outputs and last features of a network after full-batch descent on the sum of ½(f − y)², base width 1. */
export function after(
  asked: Asked,
  dataset: Dataset,
): { readonly outputs: Matrix; readonly features: Matrix } {
  const { parametrization, width, depth, activation, steps, learningRate, seed } = asked;
  const { input, hidden, output } = parametrization;
  const spec: RunSpec = {
    version: 1,
    net: { inputDim: dataset.inputDim, width, depth, outputDim: dataset.outputDim, activation },
    exponents: { input, hidden, output },
    optimizer: { kind: 'sgd' },
    constants: { baseWidth: 1, initStd: 1, learningRate },
    loss: { kind: 'half-square', reduction: 'sum' },
    data: { kind: 'test', hash: 'of no matter' },
    steps,
    probe: { samples: dataset.samples, steps: [0, steps] },
    seed,
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
  };
  const session = referenceEngine.open(spec);
  session.setData(dataset);
  session.setParams(initialWeights(spec));
  session.step(
    steps,
    concreteScaling(spec).map((layer) => layer.learningRate),
  );
  const copy = ({ rows, cols, data }: Matrix): Matrix => matrix(rows, cols, data.slice());
  const seen = { outputs: copy(session.outputs()), features: copy(session.features(depth, 'activation')) };
  session.dispose();
  return seen;
}
