import type { Dataset } from '../../data/dataset.ts';
import type { Multiply } from '../../linalg/gemm.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import type { NormalDraw } from '../../random/normal.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { readsTraining } from '../../run/wide-coordinates.ts';
import type { BatchGradients, EngineSession, MovedCoordinates, WeightSize } from '../engine.ts';
import { ExactMeasurement } from '../exact-measurement.ts';
import { coordinatesOf, watchedCoordinates } from '../watched-coordinates.ts';
import type { KeptNormals } from './kept-normals.ts';
import { watchedWasmCoordinates } from './wasm-coordinates.ts';
import type { WasmMemory } from './wasm-memory.ts';
import { WasmNetwork } from './wasm-network.ts';
import { WasmProbe } from './wasm-probe.ts';
import { watchedWasmWeights } from './wasm-weights.ts';

/** One network in the memory of the kernels. The loss is taken in float64 of float32 outputs. */
export class WasmSession implements EngineSession {
  readonly #spec: RunSpec;
  readonly #memory: WasmMemory;
  readonly #ended: () => void;
  readonly #network: WasmNetwork;
  #probe: WasmProbe | undefined;
  /** Of all samples, at these weights. */
  #loss: number | undefined;
  /** The probe has been run at these weights. */
  #probed = false;
  /** The whole batch in float64 at these weights, for those who ask for gradients. */
  readonly #exact: ExactMeasurement;

  /**
   * @param multiply products of float64, for what is measured of a whole batch; @param normals that the last network began
   * with; @param ended called once, at the end
   */
  constructor(
    spec: RunSpec,
    memory: WasmMemory,
    {
      multiply,
      normals,
      ended,
    }: { readonly multiply: Multiply; readonly normals: KeptNormals; readonly ended: () => void },
  ) {
    this.#spec = spec;
    this.#memory = memory;
    this.#ended = ended;
    this.#network = new WasmNetwork(spec, memory, normals);
    this.#exact = new ExactMeasurement(spec, multiply, () => this.getParams());
  }

  setData(data: Dataset): void {
    this.#exact.setData(data);
    this.#network.setData(data);
    const { net, probe } = this.#spec;
    this.#probe = new WasmProbe(this.#network, this.#memory, { net, samples: probe.samples, data });
    this.#moved();
  }

  setParams(weights: readonly Matrix[]): void {
    this.#network.setWeights(weights);
    this.#moved();
  }

  drawParams(draws: readonly NormalDraw[]): void {
    this.#network.drawWeights(draws);
    this.#moved();
  }

  getParams(): readonly Matrix[] {
    return this.#network.weights();
  }

  step(count: number, learningRates: readonly number[]): Float64Array {
    const losses = this.#network.step(count, learningRates);
    this.#moved();
    return losses;
  }

  loss(): number {
    this.#loss ??= this.#network.loss();
    return this.#loss;
  }

  features(layer: number, which: 'preactivation' | 'activation'): Matrix {
    return this.#evaluatedProbe().features(layer, which);
  }

  outputs(): Matrix {
    return this.#evaluatedProbe().outputs();
  }

  watchCoordinates(): () => readonly MovedCoordinates[] {
    const { net } = this.#spec;
    if (!readsTraining(this.#spec)) return watchedCoordinates(this, net);
    const exact = (): readonly Matrix[] => coordinatesOf(this, net);
    return watchedWasmCoordinates({
      terms: Math.max(net.inputDim, net.width),
      float32: () => this.#network.layers.map((_, index) => this.#passed(index, 'h')),
      float64: exact,
      begun: this.#network.isFactored ? this.#backThen(exact) : this.#keptFrom(exact),
    });
  }

  /** Computed when it is wanted, at the weights of now. */
  #backThen(exact: () => readonly Matrix[]): () => readonly Matrix[] {
    const asNow = this.#network.kept();
    return () => {
      this.#probed = false;
      const then = asNow(exact);
      this.#probed = false;
      return then;
    };
  }

  /** Computed at once, and copied. */
  #keptFrom(exact: () => readonly Matrix[]): () => readonly Matrix[] {
    const now = exact().map(({ rows, cols, data }) => matrix(rows, cols, data.slice()));
    return () => now;
  }

  watchWeights(): () => readonly WeightSize[] {
    return watchedWasmWeights(this.#network, this.#memory, (layer) =>
      readsTraining(this.#spec) ? this.#passed(layer - 1, 'x') : this.features(layer, 'activation'),
    );
  }

  /** Of the probe samples, as training has it in float32. */
  #passed(index: number, which: 'h' | 'x'): Matrix {
    this.loss();
    const { samples } = this.#spec.probe;
    const { fanOut } = this.#network.layers[index];
    const at = this.#network.pass(index)[which];
    return matrix(samples, fanOut, new Float64Array(this.#memory.float32(at, samples * fanOut)));
  }

  batch(): BatchGradients {
    return this.#exact.batch();
  }

  tangentKernel(rates: readonly number[]): Matrix {
    return this.#exact.tangentKernel(rates);
  }

  dispose(): void {
    this.#moved();
    this.#ended();
  }

  /** Forgets what belongs to other weights. */
  #moved(): void {
    this.#loss = undefined;
    this.#probed = false;
    this.#exact.moved();
  }

  #evaluatedProbe(): WasmProbe {
    if (this.#probe === undefined)
      throw new TypeError('wasmEngine: expected setData before this call, got none');
    if (!this.#probed) this.#probe.evaluate();
    this.#probed = true;
    return this.#probe;
  }
}
