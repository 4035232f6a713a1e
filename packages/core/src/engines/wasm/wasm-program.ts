import type { Dataset } from '../../data/dataset.ts';
import { ACTIVATION_NAMES } from '../../model/activation.ts';
import { errorFactor } from '../../model/loss.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import type { WasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, FLOAT64_BYTES, type WasmMemory } from './wasm-memory.ts';

/** What the kernels read of a network, written as `assembly/network.ts` lays it out. */
export interface WasmProgram {
  /** Its address. */
  readonly at: number;
  setRates(rates: readonly number[]): void;
  /** Forgets how far training was, but for so many rows that factors of changes have. */
  begin(rank: number): void;
  /** Rows that the factors of changes have. */
  rank(): number;
  /** Of all samples as the last pass left them, where a batch is all of them: h and x = φ(h), float32 [samples, fanOut]; x is 0 of the readout. */
  pass(index: number): { readonly h: number; readonly x: number };
}

const LAYER_BYTES = 80;
const LAYER_PASS = 12;
const LAYER_MULTIPLIER = 48;
const LAYER_RATE = 56;
const LAYER_FACTORS = 64;
const LAYER_RANK = 72;
const NETWORK_BYTES = 120;
const NETWORK_EVALUATED = 52;
const NETWORK_FACTORS = 56;
const NETWORK_POWERS = 96;
const NETWORK_INNER = 112;
const OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;

interface ProgramParts {
  readonly layers: readonly WasmLayer[];
  readonly memory: WasmMemory;
  readonly data: Dataset;
  /** Of a batch. */
  readonly rows: number;
  /** Rows that factors of changes have room for. */
  readonly mostRank: number;
}

/** Copies a data set into memory and makes room for what a batch leaves in every layer. */
export function wasmProgram(spec: RunSpec, parts: ProgramParts): WasmProgram {
  const { layers, memory, rows, mostRank } = parts;
  const at = memory.take(NETWORK_BYTES);
  const table = memory.take(LAYER_BYTES * layers.length);
  writeNetwork(spec, { ...parts, at, table });
  writeLayers(table, parts);
  const inner = memory.take(FLOAT32_BYTES * rows * mostRank);
  memory.int32(at + NETWORK_INNER, 1)[0] = inner;
  const factored = layers.findIndex(({ factors }) => factors !== null);
  const rankOf = (index: number): Int32Array => memory.int32(table + index * LAYER_BYTES + LAYER_RANK, 1);
  const program: WasmProgram = {
    at,
    setRates(rates) {
      for (const [index, rate] of rates.entries())
        memory.float64(table + index * LAYER_BYTES + LAYER_RATE, 1)[0] = rate;
    },
    begin(rank) {
      memory.int32(at + NETWORK_EVALUATED, 1)[0] = 0;
      memory.float64(at + NETWORK_POWERS, 2).fill(1);
      for (const [index, { factors }] of layers.entries()) rankOf(index)[0] = factors === null ? 0 : rank;
    },
    rank: () => (factored < 0 ? 0 : rankOf(factored)[0]),
    pass(index) {
      const [h, x] = memory.int32(table + index * LAYER_BYTES + LAYER_PASS, 2);
      return { h: h >>> 0, x: x >>> 0 };
    },
  };
  program.begin(0);
  return program;
}

function writeNetwork(
  spec: RunSpec,
  { layers, memory, data, rows, at, table }: ProgramParts & { readonly at: number; readonly table: number },
): void {
  const { samples, inputDim, outputDim } = data;
  const room = (count: number): readonly [number, number] => [
    memory.take(FLOAT32_BYTES * count * inputDim),
    memory.take(FLOAT64_BYTES * count * outputDim),
  ];
  const [inputs, targets] = room(samples);
  const [batchInputs, batchTargets] = rows === samples ? [inputs, targets] : room(rows);
  memory.float32(inputs, data.inputs.length).set(data.inputs);
  memory.float64(targets, data.targets.length).set(data.targets);
  const activation = ACTIVATION_NAMES.indexOf(spec.net.activation);
  const loss = spec.loss.kind === 'cross-entropy' ? 1 : 0;
  const optimizer = OPTIMIZERS.indexOf(spec.optimizer.kind);
  const fields = [
    ...[table, layers.length, activation, loss, optimizer],
    ...[samples, rows, inputDim, outputDim, inputs, targets, batchInputs, batchTargets],
  ];
  memory.int32(at, fields.length).set(fields);
  memory
    .float64(at + NETWORK_FACTORS, 5)
    .set([errorFactor(spec.loss, samples), errorFactor(spec.loss, rows), ...averages(spec)]);
}

function writeLayers(table: number, { layers, memory, rows }: ProgramParts): void {
  for (const [index, layer] of layers.entries()) {
    const { w, start, change, factors, mean, square, gradient, fanIn, fanOut, multiplier } = layer;
    const outputs = (): number => memory.take(FLOAT32_BYTES * rows * fanOut);
    const [h, x, error] = [outputs(), index < layers.length - 1 ? outputs() : 0, outputs()];
    const fields = [w, start, change, h, x, error, mean, square, gradient, fanIn, fanOut];
    const at = table + index * LAYER_BYTES;
    memory.int32(at, fields.length).set(fields);
    memory.float64(at + LAYER_MULTIPLIER, 1)[0] = multiplier;
    memory.int32(at + LAYER_FACTORS, 2).set(factors === null ? [0, 0] : [factors.left, factors.right]);
  }
}

/** β₁ or a momentum, β₂ and ε. */
function averages({ optimizer }: RunSpec): readonly [number, number, number] {
  switch (optimizer.kind) {
    case 'sgd':
      return [0, 0, 0];
    case 'momentum':
      return [optimizer.momentum, 0, 0];
    case 'adam':
      return [optimizer.beta1, optimizer.beta2, optimizer.epsilon];
  }
}
