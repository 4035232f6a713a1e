import type { Dataset } from '../../data/dataset.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import type { NormalDraw } from '../../random/normal.ts';
import { type Batches, batchesOf } from '../../run/batches.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { updateRank } from '../../run/wide-coordinates.ts';
import type { KeptNormals } from './kept-normals.ts';
import { type WasmLayer, wasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, FLOAT64_BYTES, type WasmMemory } from './wasm-memory.ts';
import { stateOf } from './wasm-normals.ts';
import { type WasmProgram, wasmProgram } from './wasm-program.ts';

/** The weights of one network, and the pass forward and backward of its batches, all float32. */
export class WasmNetwork {
  readonly #spec: RunSpec;
  readonly #memory: WasmMemory;
  readonly #normals: KeptNormals;
  #layers: readonly WasmLayer[] = [];
  /** Rows that factors of changes have room for. */
  #mostRank = 0;
  /** Where weights end: what lies above belongs to the data. */
  #ownEnd = 0;
  #data: { readonly program: WasmProgram; readonly samples: number } | undefined;
  #batches: Batches | undefined;

  constructor(spec: RunSpec, memory: WasmMemory, normals: KeptNormals) {
    this.#spec = spec;
    this.#memory = memory;
    this.#normals = normals;
  }

  get layers(): readonly WasmLayer[] {
    if (this.#layers.length === 0) this.#makeLayers(0);
    return this.#layers;
  }

  /** Weights with room for changes of as many rows as the steps of the run give them on so many samples. */
  #makeLayers(samples: number): void {
    const scaling = concreteScaling(this.#spec);
    const ranks = scaling.map((fans) => (samples > 0 ? updateRank(this.#spec, samples, fans) : 0));
    const { optimizer } = this.#spec;
    this.#layers = scaling.map((each, index) =>
      wasmLayer(each, { optimizer, rank: ranks[index], memory: this.#memory }),
    );
    this.#mostRank = Math.max(...ranks);
    this.#ownEnd = this.#memory.mark();
  }

  /** Whether a change stays in factors. */
  get isFactored(): boolean {
    return this.#mostRank > 0;
  }

  /** Rows that the factors of changes have. */
  get rank(): number {
    return this.#data?.program.rank() ?? 0;
  }

  /** Makes room for the data and a batch; what was taken after the last data is let go. */
  setData(data: Dataset): void {
    if (this.#layers.length === 0) this.#makeLayers(data.samples);
    const { rank } = this;
    this.#memory.release(this.#ownEnd);
    this.#batches = batchesOf(this.#spec, data.samples);
    const program = wasmProgram(this.#spec, {
      layers: this.layers,
      memory: this.#memory,
      data,
      rows: this.#batches.rows,
      mostRank: this.#mostRank,
    });
    program.begin(rank);
    this.#data = { program, samples: data.samples };
  }

  setWeights(params: readonly Matrix[]): void {
    for (const [index, { start, change, w }] of this.layers.entries()) {
      const { data } = params[index];
      const starts = this.#memory.float32(start, data.length);
      if (change === 0) {
        starts.set(data);
        continue;
      }
      const changes = this.#memory.float32(change, data.length);
      starts.set(data);
      for (let at = 0; at < data.length; at++) changes[at] = data[at] - starts[at];
      this.#memory.kernels.addChange(w, start, change, data.length);
    }
    this.#begin();
  }

  drawWeights(draws: readonly NormalDraw[]): void {
    this.#normals.begin();
    for (const [index, { start, change, w }] of this.layers.entries()) {
      const { count, std, rng } = draws[index];
      if (std === 0)
        for (const each of change === 0 ? [start] : [start, change, w])
          this.#memory.float32(each, count).fill(0);
      else if (change === 0) {
        const mark = this.#memory.mark();
        this.#memory.kernels.drawRounded(stateOf(rng, this.#memory), count, std, start);
        this.#memory.release(mark);
      } else this.#normals.draw(draws[index], { w, start, change }, this.#memory);
    }
    this.#begin();
  }

  /** With nothing remembered, and the first batch. */
  #begin(): void {
    // Of factors nothing is read that no step has written.
    for (const { mean, square, fanIn, fanOut, factors } of this.layers)
      for (const kept of [mean, square])
        if (kept !== 0 && factors === null) this.#memory.float32(kept, fanIn * fanOut).fill(0);
    if (this.#data === undefined) return;
    this.#batches = batchesOf(this.#spec, this.#data.samples);
    this.#data.program.begin(0);
  }

  weights(): readonly Matrix[] {
    return this.layers.map((layer) => this.weight(layer));
  }

  /** W₀ + Δ of one layer. */
  weight(layer: WasmLayer): Matrix {
    const { start, fanIn, fanOut } = layer;
    const mark = this.#memory.mark();
    const change = this.changeOf(layer);
    const changes = this.#memory.float32(change, fanIn * fanOut);
    const data = new Float64Array(this.#memory.float32(start, fanIn * fanOut));
    for (let at = 0; at < data.length; at++) data[at] += changes[at];
    this.#memory.release(mark);
    return matrix(fanOut, fanIn, data);
  }

  /** The address of all entries of Δ: of factors, in memory that is taken for them. */
  changeOf({ change, factors, fanIn, fanOut }: WasmLayer): number {
    if (factors === null) return change;
    const { rank } = this;
    const at = this.#memory.take(FLOAT32_BYTES * fanIn * fanOut);
    if (rank === 0) this.#memory.float32(at, fanIn * fanOut).fill(0);
    const { left, right } = factors;
    this.#memory.kernels.gemm(fanOut, fanIn, rank, left, 1, fanOut, right, fanIn, 1, at, fanIn, 1, 0);
    return at;
  }

  /** h and x = φ(h) of all samples in one layer, float32, as the last {@link loss} left them where a batch is all of them. */
  pass(index: number): { readonly h: number; readonly x: number } {
    return this.#program().pass(index);
  }

  /**
   * The changes of all weights as they are now, kept.
   *
   * @returns runs something at the weights of then
   */
  kept(): <Result>(run: () => Result) => Result {
    const changes = this.#changes();
    const { rank } = this;
    return (run) => {
      const now = this.#changes();
      const rankNow = this.rank;
      this.#restore(changes, rank);
      const result = run();
      this.#restore(now, rankNow);
      return result;
    };
  }

  /** Copies of Δ, and of L where that is in factors. */
  #changes(): readonly Float32Array[] {
    const { rank } = this;
    return this.layers.map(({ change, factors, fanIn, fanOut }) =>
      (factors === null
        ? this.#memory.float32(change, fanIn * fanOut)
        : this.#memory.float32(factors.left, rank * fanOut)
      ).slice(),
    );
  }

  #restore(changes: readonly Float32Array[], rank: number): void {
    this.layers.forEach(({ change, factors }, index) => {
      const kept = changes[index];
      this.#memory.float32(factors?.left ?? change, kept.length).set(kept);
    });
    this.#program().begin(rank);
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
    if (this.isFactored && this.rank + count * this.#rows() > this.#mostRank)
      throw new RangeError(`wasmEngine: expected no more than the ${this.#spec.steps} steps of the run`);
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

  #rows(): number {
    return this.#batches?.rows ?? 0;
  }

  #program(): WasmProgram {
    if (this.#data === undefined)
      throw new TypeError('wasmEngine: expected setData before this call, got none');
    return this.#data.program;
  }
}
