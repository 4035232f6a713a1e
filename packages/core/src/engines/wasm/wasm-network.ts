import type { Dataset } from '../../data/dataset.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { ACTIVATION_NAMES } from '../../model/activation.ts';
import type { NetSpec } from '../../model/net-spec.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import type { WasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, type WasmMemory } from './wasm-memory.ts';
import { type WasmOptimizer, wasmOptimizer } from './wasm-optimizer.ts';

/** Where the float32 buffers of a batch are: index l − 1 holds layer l. */
interface BatchBuffers {
  readonly samples: number;
  readonly inputs: number;
  readonly preactivations: readonly number[];
  readonly activations: readonly number[];
  readonly outputs: number;
  /** ∂loss/∂h^l for l = 1 … L, then ∂loss/∂f. */
  readonly errors: readonly number[];
}

/** The weights of one network and a batch to train it on, in the memory of the kernels. */
export class WasmNetwork {
  readonly #memory: WasmMemory;
  readonly #net: NetSpec;
  readonly #activation: number;
  readonly layers: readonly WasmLayer[];
  readonly #optimizer: WasmOptimizer;
  /** Where what belongs to a batch begins. */
  readonly #ownEnd: number;
  #batch: BatchBuffers | undefined;

  constructor(spec: RunSpec, memory: WasmMemory) {
    this.#memory = memory;
    this.#net = spec.net;
    this.#activation = ACTIVATION_NAMES.indexOf(spec.net.activation);
    this.layers = concreteScaling(spec).map((scaling) => {
      const entries = (): number => memory.take(FLOAT32_BYTES * scaling.fanIn * scaling.fanOut);
      return { ...scaling, w: entries(), start: entries(), change: entries() };
    });
    this.#optimizer = wasmOptimizer(spec.optimizer, this.layers, memory);
    this.#ownEnd = memory.mark();
  }

  /** Makes room for a batch and copies its inputs; what was taken after the last batch is let go. */
  setBatch({ samples, inputDim, inputs }: Dataset): void {
    const { width, depth, outputDim } = this.#net;
    this.#memory.release(this.#ownEnd);
    const rows = (length: number): number => this.#memory.take(FLOAT32_BYTES * samples * length);
    const hidden = (): number[] => Array.from({ length: depth }, () => rows(width));
    this.#batch = {
      samples,
      inputs: rows(inputDim),
      preactivations: hidden(),
      activations: hidden(),
      outputs: rows(outputDim),
      errors: [...hidden(), rows(outputDim)],
    };
    this.#memory.float32(this.#batch.inputs, inputs.length).set(inputs);
  }

  setWeights(params: readonly Matrix[]): void {
    this.layers.forEach((layer, index) => {
      const { data } = params[index];
      const start = this.#memory.float32(layer.start, data.length);
      const change = this.#memory.float32(layer.change, data.length);
      start.set(data);
      for (let at = 0; at < data.length; at++) change[at] = data[at] - start[at];
      this.#addChange(layer);
    });
    this.#optimizer.reset();
  }

  weights(): readonly Matrix[] {
    return this.layers.map(({ start, change, fanIn, fanOut }) => {
      const changes = this.#memory.float32(change, fanIn * fanOut);
      const data = Float64Array.from(this.#memory.float32(start, fanIn * fanOut));
      for (let at = 0; at < data.length; at++) data[at] += changes[at];
      return matrix(fanOut, fanIn, data);
    });
  }

  /** @returns f of the batch: [samples, outputDim] */
  forward(): Matrix {
    const { samples, inputs, preactivations, activations, outputs } = this.#required();
    const { kernels } = this.#memory;
    let below = inputs;
    this.layers.forEach(({ w, multiplier, fanIn, fanOut }, index) => {
      const out = preactivations[index] ?? outputs;
      kernels.gemm(samples, fanOut, fanIn, below, fanIn, 1, w, 1, fanIn, out, fanOut, multiplier, 0);
      if (index === activations.length) return;
      kernels.activate(this.#activation, out, activations[index], samples * fanOut);
      below = activations[index];
    });
    const { outputDim } = this.#net;
    return matrix(samples, outputDim, Float64Array.from(this.#memory.float32(outputs, samples * outputDim)));
  }

  /**
   * One update of every weight after a forward pass: each error passes through its weight before that moves.
   *
   * @param error ∂loss/∂f
   * @param rates learning rate on w^l at index l − 1
   */
  descend(error: Matrix, rates: readonly number[]): void {
    const { samples, inputs, preactivations, activations, errors } = this.#required();
    const { kernels } = this.#memory;
    this.#memory.float32(errors[errors.length - 1], error.data.length).set(error.data);
    this.#optimizer.begin();
    for (let index = this.layers.length - 1; index >= 0; index--) {
      const layer = this.layers[index];
      const { w, multiplier, fanIn, fanOut } = layer;
      const above = errors[index];
      if (index > 0) {
        const to = errors[index - 1];
        kernels.gemm(samples, fanIn, fanOut, above, fanOut, 1, w, fanIn, 1, to, fanIn, multiplier, 0);
        const [h, x] = [preactivations[index - 1], activations[index - 1]];
        kernels.multiplyByDerivative(this.#activation, to, h, x, samples * fanIn);
      }
      const below = activations[index - 1] ?? inputs;
      this.#optimizer.update(index, { samples, error: above, below }, rates[index]);
      this.#addChange(layer);
    }
  }

  #addChange({ w, start, change, fanIn, fanOut }: WasmLayer): void {
    this.#memory.kernels.addChange(w, start, change, fanIn * fanOut);
  }

  #required(): BatchBuffers {
    if (this.#batch === undefined)
      throw new TypeError('wasmEngine: expected setData before this call, got none');
    return this.#batch;
  }
}
