import {
  type Dataset,
  datasetHash,
  type Engine,
  mixtureDataset,
  OPTIMIZERS,
  type OptimizerSpec,
  PARAMETRIZATIONS,
  type RunSpec,
  referenceEngine,
  wasmEngine,
} from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { initialWeights } from '@widthwise/core/theory';
import type { Row } from '../interleaved.ts';
import { FLOPS_PER_ROUND, type PeakVariant, peakProbe } from './peak.ts';

export const PEAK = 'peak of 128-bit SIMD, products and sums in registers';
export const FUSED_PEAK = 'peak of 128-bit SIMD, each product fused with its sum';

/** Short calls: a loop that has begun stays in the code that it began in. */
const PEAK_CALLS = 400;
const PEAK_ROUNDS = 5000;
const BATCH = 256;
/** Three hidden layers between a data set as wide as they are and as many outputs: four square weights. */
const DEPTH = 3;

/** What trains, by turns with what this machine can do at most; units are floating-point operations. */
export async function engineRows(): Promise<readonly Row[]> {
  const wasm = wasmEngine(instantiateKernels);
  return [
    ...(await peakRows('plain', PEAK)),
    ...(await peakRows('fused', FUSED_PEAK)),
    product(256),
    product(1024),
    step(wasm, 256, OPTIMIZERS.sgd),
    step(wasm, 1024, OPTIMIZERS.sgd),
    step(wasm, 1024, OPTIMIZERS.adam),
    step(referenceEngine, 256, OPTIMIZERS.sgd),
  ];
}

async function peakRows(variant: PeakVariant, name: string): Promise<readonly Row[]> {
  const peak = await peakProbe(variant);
  if (peak === null) return [];
  const run = (): number => {
    for (let call = 0; call < PEAK_CALLS; call++) peak(PEAK_ROUNDS, 0.999);
    return PEAK_CALLS * PEAK_ROUNDS * FLOPS_PER_ROUND;
  };
  return [{ name, run }];
}

/** A product of two square matrices of float32. */
function product(size: number): Row {
  const kernels = instantiateKernels();
  const start = kernels.reserve();
  const bytes = 4 * size * size;
  kernels.memory.grow(Math.ceil((start + 3 * bytes) / 65_536));
  const [a, b, c] = [start, start + bytes, start + 2 * bytes];
  const times = Math.ceil((1024 / size) ** 3);
  return {
    name: `wasm: product of float32, ${size} × ${size}`,
    run: () => {
      for (let at = 0; at < times; at++) {
        kernels.gemm(size, size, size, a, size, 1, b, size, 1, c, size, 1, 0);
      }
      return times * 2 * size ** 3;
    },
  };
}

/** Whole training steps: forward, backward and update; units are floating-point operations. */
export function step(engine: Engine, width: number, optimizer: OptimizerSpec): Row {
  const data = mixtureDataset({ classes: width, dim: width, samples: BATCH, seed: 0 });
  const spec = specOf(data, { engine, width, optimizer });
  const session = engine.open(spec);
  session.setData(data);
  session.setParams(initialWeights(spec));
  const rates = Array.from({ length: DEPTH + 1 }, () => 1e-6);
  const times = engine === referenceEngine ? 1 : Math.ceil((512 / width) ** 2);
  return {
    name: `${engine.name}: a step of ${optimizer.kind}, width ${width}, batch ${BATCH}`,
    run: () => {
      session.step(times, rates);
      return times * flopsOfStep(width);
    },
  };
}

/** Forward, gradient and error take two operations an entry and sample each; the inputs need no error. */
export function flopsOfStep(width: number): number {
  return BATCH * width * width * (6 * (DEPTH + 1) - 2);
}

interface Trained {
  readonly engine: Engine;
  readonly width: number;
  readonly optimizer: OptimizerSpec;
}

function specOf(data: Dataset, { engine, width, optimizer }: Trained): RunSpec {
  const { input, hidden, output } = PARAMETRIZATIONS.mup;
  return {
    version: 1,
    net: { inputDim: width, width, depth: DEPTH, outputDim: width, activation: 'tanh' },
    exponents: { input, hidden, output },
    optimizer,
    constants: { baseWidth: width, initStd: 1, learningRate: 1 },
    loss: { kind: 'half-square', reduction: 'mean' },
    data: { kind: 'mixture', hash: datasetHash(data) },
    steps: 1,
    probe: { samples: 1, steps: [0, 1] },
    seed: 0,
    engine: { name: engine.name, numerics: engine.numerics },
  };
}
