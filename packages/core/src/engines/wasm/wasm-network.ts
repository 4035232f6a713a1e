import type { Dataset } from '../../data/dataset.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import type { NormalDraw } from '../../random/normal.ts';
import { type Batches, batchesOf } from '../../run/batches.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { type WasmLayer, wasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, FLOAT64_BYTES, type WasmMemory } from './wasm-memory.ts';
import { stateOf } from './wasm-normals.ts';
import { type WasmProgram, wasmProgram } from './wasm-program.ts';

/** The weights of one network, and the pass forward and backward of its batches, all float32. */
export class WasmNetwork {
  readonly layers: readonly WasmLayer[];
  readonly #spec: RunSpec;
  readonly #memory: WasmMemory;
  /** Where weights end: what lies above belongs to the data. */
  readonly #ownEnd: number;
  #data: { readonly program: WasmProgram; readonly samples: number } | undefined;
  #batches: Batches | undefined;

  constructor(spec: RunSpec, memory: WasmMemory) {
    this.#spec = spec;
    this.#memory = memory;
    this.layers = concreteScaling(spec).map((scaling) => wasmLayer(scaling, spec.optimizer, memory));
    this.#ownEnd = memory.mark();
  }

  /** Makes room for the data and a batch; what was taken after the last data is let go. */
  setData(data: Dataset): void {
    this.#memory.release(this.#ownEnd);
    this.#batches = batchesOf(this.#spec, data.samples);
    const program = wasmProgram(this.#spec, {
      layers: this.layers,
      memory: this.#memory,
      data,
      rows: this.#batches.rows,
    });
    this.#data = { program, samples: data.samples };
  }

  setWeights(params: readonly Matrix[]): void {
    for (const [index, { start, change, w }] of this.layers.entries()) {
      const { data } = params[index];
      const starts = this.#memory.float32(start, data.length);
      const changes = this.#memory.float32(change, data.length);
      starts.set(data);
      for (let at = 0; at < data.length; at++) changes[at] = data[at] - starts[at];
      this.#memory.kernels.addChange(w, start, change, data.length);
    }
    this.#begin();
  }

  drawWeights(draws: readonly NormalDraw[]): void {
    for (const [index, { start, change, w }] of this.layers.entries()) {
      const { count, std, rng } = draws[index];
      const mark = this.#memory.mark();
      if (std === 0) for (const each of [start, change, w]) this.#memory.float32(each, count).fill(0);
      else this.#memory.kernels.drawWeights(stateOf(rng, this.#memory), count, std, w, start, change);
      this.#memory.release(mark);
    }
    this.#begin();
  }

  /** With nothing remembered, and the first batch. */
  #begin(): void {
    for (const { mean, square, fanIn, fanOut } of this.layers)
      for (const kept of [mean, square]) if (kept !== 0) this.#memory.float32(kept, fanIn * fanOut).fill(0);
    if (this.#data === undefined) return;
    this.#batches = batchesOf(this.#spec, this.#data.samples);
    this.#data.program.begin();
  }

  weights(): readonly Matrix[] {
    return this.layers.map((layer) => this.weight(layer));
  }

  /** W₀ + Δ of one layer. */
  weight({ start, change, fanIn, fanOut }: WasmLayer): Matrix {
    const changes = this.#memory.float32(change, fanIn * fanOut);
    const data = new Float64Array(this.#memory.float32(start, fanIn * fanOut));
    for (let at = 0; at < data.length; at++) data[at] += changes[at];
    return matrix(fanOut, fanIn, data);
  }

  /** The loss of all samples. */
  loss(): number {
    return this.#memory.kernels.evaluate(this.#program().at);
  }

  /**
   * @param rates learning rate on w^l at index l − 1
   * @returns the loss of each batch before its update
   */
  step(count: number, rates: readonly number[]): Float64Array {
    const program = this.#program();
    program.setRates(rates);
    const order = this.#batches?.next(count) ?? new Int32Array(0);
    const mark = this.#memory.mark();
    const atOrder = this.#memory.take(FLOAT32_BYTES * order.length);
    const atLosses = this.#memory.take(FLOAT64_BYTES * count);
    this.#memory.int32(atOrder, order.length).set(order);
    this.#memory.kernels.train(program.at, count, atOrder, atLosses);
    const losses = this.#memory.float64(atLosses, count).slice();
    this.#memory.release(mark);
    return losses;
  }

  #program(): WasmProgram {
    if (this.#data === undefined)
      throw new TypeError('wasmEngine: expected setData before this call, got none');
    return this.#data.program;
  }
}
