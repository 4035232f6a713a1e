import type { Dataset } from '../../data/dataset.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { type Activation, activation } from '../../model/activation.ts';
import type { NetSpec } from '../../model/net-spec.ts';
import { FLOAT64_BYTES, ROWS, type WasmMemory } from './wasm-memory.ts';
import type { WasmNetwork } from './wasm-network.ts';

/** The first samples of a data set, run through the network in float64. */
export class WasmProbe {
  readonly #memory: WasmMemory;
  readonly #network: WasmNetwork;
  readonly #activation: Activation;
  readonly #net: NetSpec;
  readonly #samples: number;
  readonly #inputs: number;
  readonly #preactivations: readonly number[];
  readonly #activations: readonly number[];
  readonly #outputs: number;
  /** Two rows of a weight. */
  readonly #pair: number;

  constructor(
    network: WasmNetwork,
    memory: WasmMemory,
    { net, samples, data }: { readonly net: NetSpec; readonly samples: number; readonly data: Dataset },
  ) {
    this.#memory = memory;
    this.#network = network;
    this.#activation = activation(net.activation);
    this.#net = net;
    this.#samples = samples;
    const rows = (length: number): number =>
      memory.take(FLOAT64_BYTES * ROWS * Math.ceil(samples / ROWS) * length);
    const hidden = (): number[] => Array.from({ length: net.depth }, () => rows(net.width));
    this.#inputs = rows(net.inputDim);
    this.#preactivations = hidden();
    this.#activations = hidden();
    this.#outputs = rows(net.outputDim);
    this.#pair = memory.take(2 * FLOAT64_BYTES * Math.max(net.inputDim, net.width));
    const length = samples * net.inputDim;
    memory.float64(this.#inputs, length).set(data.inputs.subarray(0, length));
  }

  evaluate(): void {
    const { phi } = this.#activation;
    const { kernels } = this.#memory;
    let below = this.#inputs;
    this.#network.layers.forEach((layer, index) => {
      const { start, multiplier, fanIn, fanOut } = layer;
      const mark = this.#memory.mark();
      const change = this.#network.changeOf(layer);
      const out = this.#preactivations[index] ?? this.#outputs;
      const pair = this.#pair;
      kernels.multiplyByRows(this.#samples, fanOut, fanIn, below, start, change, out, multiplier, pair);
      this.#memory.release(mark);
      if (index === this.#activations.length) return;
      below = this.#activations[index];
      const h = this.#memory.float64(out, this.#samples * fanOut);
      const x = this.#memory.float64(below, this.#samples * fanOut);
      for (let at = 0; at < h.length; at++) x[at] = phi(h[at]);
    });
  }

  features(layer: number, which: 'preactivation' | 'activation'): Matrix {
    const kept = which === 'preactivation' ? this.#preactivations : this.#activations;
    return this.#view(kept[layer - 1], this.#net.width);
  }

  outputs(): Matrix {
    return this.#view(this.#outputs, this.#net.outputDim);
  }

  #view(at: number, length: number): Matrix {
    return matrix(this.#samples, length, this.#memory.float64(at, this.#samples * length));
  }
}
