import { ENGINE_NAMES, type EngineName } from '../engines/engine-names.ts';
import { MOST_KEPT } from '../engines/wasm/kept-normals.ts';
import { REMEMBERED } from '../model/optimizer.ts';
import type { RunSpec } from '../run/run-spec.ts';
import type { PlannedRun } from './planned-run.ts';
import { factoredWork, type RunWork, runWork, type WorkKind, weightsOf } from './run-work.ts';

/** What one run takes, before it is run. */
export interface RunCost {
  /** Floating point operations of matrix products, or the time of so many: a multiplication and an addition are two. */
  readonly flops: number;
  /** Nanoseconds of one thread of the machine that paces were measured on. */
  readonly nanoseconds: number;
  /** Memory at its peak. */
  readonly bytes: number;
  /** What of it stands in the memory of WebAssembly, which has an end of its own; 0 where an engine has none. */
  readonly wasmBytes: number;
}

export interface PlanCost {
  /** Of every run of the plan, in its order. */
  readonly runs: readonly RunCost[];
  /** Of all runs; one that stands in two cells is counted once. */
  readonly flops: number;
  /** Of the largest run. */
  readonly peakBytes: number;
  readonly peakWasmBytes: number;
}

const FLOAT64_BYTES = 8;
const FLOAT32_BYTES = 4;
/** In training on `wasm`, float32: weights as rounded, as begun and as changed. */
const WASM_WEIGHT_COPIES = 3;
/** Of a probe, float64: h and x. */
const WASM_PROBE_COPIES = 2;
/** Beside it, float64: the normals that this network and the one before it begin with, as far as they are kept. */
const WASM_NORMAL_COPIES = 2;
/** Elsewhere, float64: the weights as drawn, as trained and as measured, and their updates. */
const WEIGHT_COPIES = 4;
/** h, x and the error of every training sample; h_0 and x_0 of the probe, and its singular values' workspace. */
const SAMPLE_COPIES = 3;
const PROBE_COPIES = 4;

type Paces = Readonly<Record<WorkKind, number>>;

/**
 * What a unit of each kind of work takes, in nanoseconds of one thread of the machine that it was measured on: only ratios
 * count, as a plan's own pace is tried before it starts.
 *
 * Fitted to runs of 80 shapes as `npm run bench:cost` draws them; kinds of which few runs take much differ from fit to fit.
 * What counts is that plans are foretold, which `npm run bench:plans` shows.
 */
const WASM_PACES: Paces = {
  trained: 0.0243,
  begun: 21,
  updated: 0.66,
  remembered: 0.78,
  activated: 7,
  measured: 0.05,
  watched: 30,
  bounded: 0.14,
  copied: 29,
  spectra: 1.1,
  eigenvalues: 0.4,
  normed: 67,
  looks: 26_900,
  steps: 14_200,
  runs: 40_200,
};

/** Of graphs on onnxruntime-node: an update reads and writes two sets of weights, and graphs are made ready for every run. */
const GRAPH_PACES: Paces = {
  trained: 0.0124,
  begun: 37,
  updated: 1.3,
  remembered: 6.6,
  activated: 1.3,
  measured: 0.1,
  watched: 37,
  bounded: 0.14,
  copied: 10.6,
  spectra: 0.77,
  eigenvalues: 0.33,
  normed: 140,
  looks: 311_000,
  steps: 16_700,
  runs: 4_790_000,
};

const REFERENCE_PACES: Paces = {
  trained: 0.25,
  begun: 69,
  updated: 5.6,
  remembered: 3.4,
  activated: 44,
  measured: 0.05,
  watched: 7.2,
  bounded: 0.19,
  copied: 30,
  spectra: 6.8,
  eigenvalues: 1.7,
  normed: 115,
  looks: 38_300,
  steps: 20_400,
  runs: 73_700,
};

/**
 * What a plan will take on a data set of so many samples, in operations of the products that its engine trains with, or the
 * time of so many.
 */
export function costEstimate(plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[], samples: number): PlanCost {
  const runs = plan.map(({ spec }) => runCost(spec, samples));
  const distinct = new Map(plan.map(({ hash }, index) => [hash, runs[index].flops]));
  return {
    runs,
    flops: [...distinct.values()].reduce((total, flops) => total + flops, 0),
    peakBytes: runs.reduce((peak, { bytes }) => Math.max(peak, bytes), 0),
    peakWasmBytes: runs.reduce((peak, { wasmBytes }) => Math.max(peak, wasmBytes), 0),
  };
}

/**
 * What a plan is foretold to take on another engine, of what it takes on its own: by paces of one machine, on which a thread of
 * the native engine has wider vectors than one of WebAssembly.
 *
 * @returns 1 for a plan without runs
 */
export function shareOn(
  engine: EngineName,
  plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[],
  samples: number,
): number {
  const nanoseconds = (runs: typeof plan): number =>
    costEstimate(runs, samples).flops *
    (runs[0] === undefined ? 0 : pacesOf(runs[0].spec.engine.name).trained);
  const there = plan.map(({ hash, spec }) => ({
    hash,
    spec: { ...spec, engine: { ...spec.engine, name: engine } },
  }));
  return plan.length === 0 ? 1 : nanoseconds(there) / nanoseconds(plan);
}

function runCost(spec: RunSpec, samples: number): RunCost {
  const { net, probe, optimizer, engine } = spec;
  const { inputDim, width, depth, outputDim } = net;
  const wasmBytes = engine.name === 'wasm' ? wasmBytesOf(spec, samples) : 0;
  const weights =
    engine.name === 'wasm'
      ? wasmBytes + wasmWatchedBytes(probe) * (weightsOf(net) - factoredWork(spec, samples).weights)
      : FLOAT64_BYTES * (WEIGHT_COPIES + REMEMBERED[optimizer.kind]) * weightsOf(net);
  const features = depth * width * (SAMPLE_COPIES * samples + PROBE_COPIES * probe.samples);
  const normals =
    engine.name === 'wasm' ? FLOAT64_BYTES * WASM_NORMAL_COPIES * Math.min(MOST_KEPT, weightsOf(net)) : 0;
  const paces = pacesOf(engine.name);
  const nanoseconds = timeOf(runWork(spec, samples), paces);
  return {
    flops: nanoseconds / paces.trained,
    nanoseconds,
    bytes: weights + normals + FLOAT64_BYTES * (features + samples * (inputDim + 2 * outputDim)),
    wasmBytes,
  };
}

/** Of an entry of a weight, beside that memory: updates as they began, where weights are looked at, and copies that have gradients. */
function wasmWatchedBytes({ weights, measures }: RunSpec['probe']): number {
  return (weights === undefined ? 0 : FLOAT32_BYTES) + (measures === 'convergence' ? 2 * FLOAT64_BYTES : 0);
}

/** Weights, what of a batch stands in every layer, and the probe, beside which one update stands where it looks at weights. */
function wasmBytesOf(spec: RunSpec, samples: number): number {
  const { net, probe, optimizer, batch = Number.POSITIVE_INFINITY } = spec;
  const units = net.depth * net.width;
  const remembered = REMEMBERED[optimizer.kind];
  const factors = factoredWork(spec, samples);
  // Of those W₀ stands, and for each rank a row of L, of R and of what is remembered.
  const rows = (2 + remembered) * (net.depth - 1) * factors.rank * net.width;
  const weights =
    (WASM_WEIGHT_COPIES + remembered) * (weightsOf(net) - factors.weights) + factors.weights + rows;
  const layers = SAMPLE_COPIES * Math.min(batch, samples) * units;
  const update = probe.weights === undefined ? 0 : net.width ** 2;
  return (
    FLOAT32_BYTES * (weights + layers + update) + FLOAT64_BYTES * WASM_PROBE_COPIES * probe.samples * units
  );
}

/** By engine; those that compute elsewhere or on TensorFlow are not timed, and count like the one that runs graphs. */
const PACES: Readonly<Record<EngineName, Paces>> = {
  wasm: WASM_PACES,
  onnx: GRAPH_PACES,
  'onnx-webgpu': GRAPH_PACES,
  'onnx-cuda': GRAPH_PACES,
  tfjs: GRAPH_PACES,
  reference: REFERENCE_PACES,
};

function pacesOf(engine: string): Paces {
  return PACES[ENGINE_NAMES.find((each) => each === engine) ?? 'wasm'];
}

function timeOf(work: RunWork, paces: Paces): number {
  // SAFETY: paces have exactly the kinds of work.
  const kinds = Object.keys(paces) as readonly WorkKind[];
  return kinds.reduce((total, kind) => total + work[kind] * paces[kind], 0);
}
