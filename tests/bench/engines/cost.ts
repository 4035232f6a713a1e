/**
 * `npm run bench:cost`: what a unit of each kind of a run's work takes, in nanoseconds of the processor, fitted to runs of
 * many shapes; of `onnx` where it is installed.
 */
import process from 'node:process';
import {
  type Engine,
  exactKernels,
  mixtureDataset,
  OPTIMIZERS,
  onnxEngine,
  PARAMETRIZATIONS,
  probeSteps,
  type RunSpec,
  referenceEngine,
  train,
  wasmEngine,
} from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { rngFromSeed, runWork } from '@widthwise/core/theory';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { findOnnx } from '../../../packages/server/src/lab/engines/onnx-binding.ts';

const SHAPES = 50;
const ROUNDS = 3;
const SWEEPS = 20_000;

const rng = rngFromSeed(0);

function pick<Value>(...of: readonly Value[]): Value {
  // SAFETY: next() is below 1.
  return of[Math.floor(rng.next() * of.length)] as Value;
}

interface Shape {
  readonly spec: RunSpec;
  readonly samples: number;
}

/** What experiments ask for, by turns: features, coordinates with norms, bounds, losses alone, batches. */
function shape(place: number, engine: Engine): Shape {
  const kind = pick('features', 'coordinates', 'convergence', 'loss', 'batches');
  const bounds = kind === 'convergence';
  const samples = bounds ? pick(8, 16, 32) : pick(8, 16, 64, 200);
  const steps = pick(1, 4, 12, 40);
  const probe = {
    samples: kind === 'coordinates' ? samples : Math.min(samples, pick(4, 8, 16, 64)),
    steps: probeSteps(steps),
  };
  const { input, hidden, output } = PARAMETRIZATIONS.mup;
  const spec: RunSpec = {
    version: 1,
    net: {
      inputDim: pick(8, 64, 200),
      width: bounds ? pick(32, 64, 128, 256, 512) : pick(32, 64, 128, 256, 512, 1024),
      depth: pick(1, 2, 3, 5),
      outputDim: pick(3, 10),
      activation: 'tanh',
    },
    exponents: { input, hidden, output },
    optimizer: pick(OPTIMIZERS.sgd, OPTIMIZERS.sgd, OPTIMIZERS.momentum, OPTIMIZERS.adam),
    constants: { baseWidth: 64, initStd: 1, learningRate: 1e-3 },
    loss: { kind: 'half-square', reduction: 'mean' },
    data: { kind: 'mixture', hash: '' },
    steps,
    ...(kind === 'batches' ? { batch: 8 } : {}),
    probe: {
      ...probe,
      ...(kind === 'features' || kind === 'batches' ? {} : { measures: kind }),
      ...(kind === 'coordinates' && place % 2 === 0 ? { weights: 'norms' as const } : {}),
    },
    seed: 0,
    engine: { name: engine.name, numerics: engine.numerics },
  };
  return { spec, samples };
}

/** Nanoseconds of the processor, the least of some rounds. */
function measured({ spec, samples }: Shape, engine: Engine): number {
  const { inputDim: dim, outputDim: classes } = spec.net;
  const data = mixtureDataset({ classes, dim, samples, seed: 0 });
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const begun = process.cpuUsage();
    for (const _ of train(spec, data, engine));
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, 1000 * (user + system));
  }
  return least;
}

/** Least squares of relative errors over numbers ≥ 0, one coordinate after the other. */
function fitted(shares: readonly (readonly number[])[]): number[] {
  const [first = []] = shares;
  const paces = first.map(() => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let kind = 0; kind < paces.length; kind++) {
      let [along, size] = [0, 0];
      for (const share of shares) {
        const own = share[kind] ?? 0;
        along += own * (1 - total(share, paces) + own * (paces[kind] ?? 0));
        size += own * own;
      }
      paces[kind] = size === 0 ? 0 : Math.max(0, along / size);
    }
  }
  return paces;
}

function total(share: readonly number[], paces: readonly number[]): number {
  return share.reduce((sum, each, kind) => sum + each * (paces[kind] ?? 0), 0);
}

for (const engine of enginesThere()) {
  const shares: number[][] = [];
  let kinds: string[] = [];
  for (let place = 0; place < SHAPES; place++) {
    const each = shape(place, engine);
    const work = runWork(each.spec, each.samples);
    const nanoseconds = measured(each, engine);
    kinds = Object.keys(work);
    shares.push(Object.values(work).map((count) => count / nanoseconds));
  }
  const paces = fitted(shares);
  const ratios = shares.map((share) => total(share, paces)).sort((one, other) => one - other);
  const table = kinds.map((kind, at) => `${kind} ${(paces[at] ?? 0).toPrecision(3)}`).join(', ');
  process.stdout.write(`${engine.name}, nanoseconds a unit: ${table}\n`);
  process.stdout.write(`predicted/measured: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}\n`);
}

function enginesThere(): readonly Engine[] {
  const onnx = findOnnx();
  const exact = exactKernels(instantiateKernels);
  return [
    wasmEngine(instantiateKernels),
    ...('reason' in onnx ? [] : [onnxEngine(onnx.runtime, exact)]),
    referenceEngine,
  ];
}
