import {
  type Dataset,
  datasetHash,
  OPTIMIZERS,
  PARAMETRIZATIONS,
  type ParametrizationId,
  type RunSpec,
  wasmEngine,
} from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import {
  concreteScaling,
  eigvalsh,
  initialWeights,
  type Matrix,
  matrix,
  sampleGram,
} from '@widthwise/core/theory';
import { DEPTH, type MeasuredLayer, type MeasuredRun } from './measured.ts';

const engine = wasmEngine(instantiateKernels);
export const ENGINE: string = `${engine.name} (numerics ${engine.numerics})`;

/** How a network is trained: by the poster's table (base width 1), all images as one batch. */
export interface Training {
  readonly parametrization: ParametrizationId;
  readonly width: number;
  readonly seed: number;
  readonly steps: number;
  readonly learningRate: number;
}

export const ACTIVATION = 'tanh';

function specOf(dataset: Dataset, { parametrization, width, seed, steps, learningRate }: Training): RunSpec {
  const { inputDim, outputDim, samples } = dataset;
  const { input, hidden, output } = PARAMETRIZATIONS[parametrization];
  return {
    version: 1,
    net: { inputDim, width, depth: DEPTH, outputDim, activation: ACTIVATION },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS.sgd,
    constants: { baseWidth: 1, initStd: 1, learningRate },
    loss: { kind: 'half-square', reduction: 'mean' },
    data: { kind: 'cifar10', hash: datasetHash(dataset) },
    steps,
    probe: { samples, steps: [0, steps] },
    seed,
    engine: { name: engine.name, numerics: engine.numerics },
  };
}

/** Trains one network and measures its features before and after. */
export function measure(dataset: Dataset, training: Training): MeasuredRun {
  const spec = specOf(dataset, training);
  const session = engine.open(spec);
  try {
    session.setData(dataset);
    session.setParams(initialWeights(spec));
    const copies = (which: 'preactivation' | 'activation'): Matrix[] =>
      Array.from({ length: DEPTH }, (_, index) => copied(session.features(index + 1, which)));
    const before = { loss: session.loss(), h: copies('preactivation'), x: copies('activation') };
    const rates = concreteScaling(spec).map(({ learningRate }) => learningRate);
    session.step(spec.steps, rates);
    const after = { loss: session.loss(), h: copies('preactivation'), x: copies('activation') };
    const { parametrization, width, seed } = training;
    return {
      parametrization,
      width,
      seed,
      loss: [before.loss, after.loss],
      layers: after.h.map(
        (h, at): MeasuredLayer => ({
          change: meanChange(h, before.h[at]),
          lambdaMin: width * leastEigenvalue(h),
          lambdaMinJoint: width * leastEigenvalue(stacked(before.h[at], h)),
          richness: leastEigenvalue(after.x[at]),
          richnessJoint: leastEigenvalue(stacked(before.x[at], after.x[at])),
        }),
      ),
    };
  } finally {
    session.dispose();
  }
}

function copied({ rows, cols, data }: Matrix): Matrix {
  return matrix(rows, cols, data.slice());
}

function stacked(first: Matrix, second: Matrix): Matrix {
  const both = matrix(first.rows + second.rows, first.cols);
  both.data.set(first.data);
  both.data.set(second.data, first.data.length);
  return both;
}

/** Of the Gram divided by the width. */
function leastEigenvalue(features: Matrix): number {
  return Math.min(...eigvalsh(sampleGram(features)));
}

/** Of each image by itself, then averaged, as the paper has it. */
function meanChange(now: Matrix, before: Matrix): number {
  let total = 0;
  for (let row = 0; row < now.rows; row++) {
    let [moved, size] = [0, 0];
    for (let at = row * now.cols; at < (row + 1) * now.cols; at++) {
      moved += (now.data[at] - before.data[at]) ** 2;
      size += before.data[at] ** 2;
    }
    total += Math.sqrt(moved / size);
  }
  return total / now.rows;
}
