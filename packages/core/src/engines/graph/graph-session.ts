import type { Dataset } from '../../data/dataset.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { loss } from '../../model/loss.ts';
import { biasCorrections } from '../../model/optimizer.ts';
import type { NormalDraw } from '../../random/normal.ts';
import { type Batches, batchesOf } from '../../run/batches.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { drawnWeights } from '../drawn-weights.ts';
import type { BatchGradients, EngineSession, MovedCoordinates, WeightSize } from '../engine.ts';
import { ExactMeasurement } from '../exact-measurement.ts';
import type { ExactKernels } from '../wasm/exact-kernels.ts';
import { watchedCoordinates } from '../watched-coordinates.ts';
import { watchedWeights } from '../watched-weights.ts';
import type { GraphRuntime, GraphTensor, LoadedGraph } from './graph-runtime.ts';
import { GraphWeights } from './graph-weights.ts';
import { forwardGraph, stepGraph } from './training-graphs.ts';

/** Samples as a graph takes them, with room for what it makes of them. */
interface Samples {
  readonly inputs: GraphTensor;
  readonly targets: GraphTensor;
  readonly exactTargets: Matrix;
  readonly outputs: GraphTensor;
}

/** What one update takes: a graph for its rates and rows. */
interface Step {
  readonly rates: readonly number[];
  readonly graph: LoadedGraph;
}

/** One network as graphs on a runtime. The loss is taken in float64 of float32 outputs. */
export class GraphSession implements EngineSession {
  readonly #spec: RunSpec;
  readonly #runtime: GraphRuntime;
  readonly #exact: ExactKernels;
  readonly #weights: GraphWeights;
  readonly #measured: ExactMeasurement;
  #data: Dataset | undefined;
  #all: Samples | undefined;
  #batch: Samples | undefined;
  #batches: Batches | undefined;
  #corrections: ReturnType<typeof biasCorrections> | undefined;
  #short: Record<string, GraphTensor> | undefined;
  #forward: LoadedGraph | undefined;
  #step: Step | undefined;
  /** Of all samples, at these weights. */
  #loss: number | undefined;

  constructor(spec: RunSpec, runtime: GraphRuntime, exact: ExactKernels) {
    this.#spec = spec;
    this.#exact = exact;
    this.#runtime = runtime;
    this.#weights = new GraphWeights(spec, runtime);
    this.#measured = new ExactMeasurement(spec, exact.multiply, () => this.getParams());
    this.#begin();
  }

  setData(data: Dataset): void {
    this.#dropGraphs();
    this.#dropSamples();
    this.#data = data;
    this.#batches = batchesOf(this.#spec, data.samples);
    this.#all = this.#samples(data, data.samples);
    const { rows } = this.#batches;
    this.#batch = rows === data.samples ? this.#all : this.#samples(data, rows);
    this.#measured.setData(data);
    this.#moved();
  }

  setParams(weights: readonly Matrix[]): void {
    this.#weights.set(weights);
    this.#begin();
    this.#moved();
  }

  drawParams(draws: readonly NormalDraw[]): void {
    this.setParams(drawnWeights(this.#spec, draws, this.#exact.drawNormals));
  }

  getParams(): readonly Matrix[] {
    return this.#weights.get();
  }

  step(count: number, learningRates: readonly number[]): Float64Array {
    const { batch, batches, data } = this.#required();
    const graph = this.#stepGraph(learningRates, batches.rows);
    const order = batches.next(count);
    const losses = new Float64Array(count);
    for (let step = 0; step < count; step++) {
      const numbers = order.subarray(step * batches.rows, (step + 1) * batches.rows);
      for (const [row, sample] of numbers.entries()) copySample(data, sample, { to: batch, row });
      losses[step] = this.#update(graph, batch);
    }
    this.#moved();
    return losses;
  }

  loss(): number {
    const { all, data } = this.#required();
    if (this.#loss === undefined) {
      this.#forward ??= this.#runtime.load(forwardGraph(this.#spec, data.samples));
      const { starts } = this.#weights;
      this.#forward.run({ inputs: all.inputs, ...starts, ...this.#weights.changes() }, { f: all.outputs });
      this.#loss = this.#lossOf(all);
    }
    return this.#loss;
  }

  features(layer: number, which: 'preactivation' | 'activation'): Matrix {
    return this.#measured.features(layer, which);
  }

  outputs(): Matrix {
    return this.#measured.outputs();
  }

  watchCoordinates(): () => readonly MovedCoordinates[] {
    return watchedCoordinates(this, this.#spec.net);
  }

  watchWeights(): () => readonly WeightSize[] {
    return watchedWeights(this);
  }

  batch(): BatchGradients {
    return this.#measured.batch();
  }

  tangentKernel(rates: readonly number[]): Matrix {
    return this.#measured.tangentKernel(rates);
  }

  dispose(): void {
    this.#dropGraphs();
    this.#dropSamples();
    this.#weights.release();
    for (const each of Object.values(this.#short ?? {})) this.#runtime.release(each);
    this.#measured.moved();
    this.#data = undefined;
  }

  /** @returns the loss of the batch before it */
  #update(graph: LoadedGraph, batch: Samples): number {
    const { inputs, targets, outputs } = batch;
    graph.run(
      { inputs, targets, ...this.#weights.starts, ...this.#weights.changing(), ...this.#shortfalls() },
      { f: outputs, ...this.#weights.changed() },
    );
    this.#weights.turn();
    return this.#lossOf(batch);
  }

  /** One over what the averages of Adam are short by. */
  #shortfalls(): Record<string, GraphTensor> {
    const corrections = this.#corrections;
    if (corrections === undefined) return {};
    corrections.begin();
    const number = (): GraphTensor => this.#runtime.tensor(new Float32Array(1), [1]);
    this.#short ??= { ofMean: number(), ofSquare: number() };
    this.#short['ofMean'].data[0] = 1 / corrections.ofMean;
    this.#short['ofSquare'].data[0] = 1 / corrections.ofSquare;
    return this.#short;
  }

  #lossOf({ outputs, exactTargets }: Samples): number {
    const { rows, cols } = exactTargets;
    return loss(this.#spec.loss, matrix(rows, cols, Float64Array.from(outputs.data)), exactTargets);
  }

  #stepGraph(rates: readonly number[], rows: number): LoadedGraph {
    if (this.#step?.rates.join() !== rates.join()) {
      this.#step?.graph.dispose();
      this.#step = { rates, graph: this.#runtime.load(stepGraph(this.#spec, { rows, rates })) };
    }
    return this.#step.graph;
  }

  #samples({ inputs, targets, inputDim, outputDim }: Dataset, rows: number): Samples {
    const tensor = (values: Float64Array, length: number): GraphTensor =>
      this.#runtime.tensor(Float32Array.from(values.subarray(0, rows * length)), [rows, length]);
    return {
      inputs: tensor(inputs, inputDim),
      targets: tensor(targets, outputDim),
      exactTargets: matrix(rows, outputDim, targets.slice(0, rows * outputDim)),
      outputs: this.#runtime.tensor(new Float32Array(rows * outputDim), [rows, outputDim]),
    };
  }

  #begin(): void {
    const { optimizer } = this.#spec;
    this.#corrections = optimizer.kind === 'adam' ? biasCorrections(optimizer) : undefined;
    if (this.#data !== undefined) this.#batches = batchesOf(this.#spec, this.#data.samples);
  }

  /** Forgets what belongs to other weights. */
  #moved(): void {
    this.#loss = undefined;
    this.#measured.moved();
  }

  #dropSamples(): void {
    for (const samples of new Set([this.#all, this.#batch])) {
      if (samples === undefined) continue;
      for (const each of [samples.inputs, samples.targets, samples.outputs]) this.#runtime.release(each);
    }
    this.#all = undefined;
    this.#batch = undefined;
  }

  #dropGraphs(): void {
    this.#forward?.dispose();
    this.#step?.graph.dispose();
    this.#forward = undefined;
    this.#step = undefined;
  }

  #required(): {
    readonly data: Dataset;
    readonly all: Samples;
    readonly batch: Samples;
    readonly batches: Batches;
  } {
    if (!(this.#data && this.#all && this.#batch && this.#batches))
      throw new TypeError('Engine: expected setData before this call, got none');
    return { data: this.#data, all: this.#all, batch: this.#batch, batches: this.#batches };
  }
}

function copySample(
  { inputs, targets, inputDim, outputDim }: Dataset,
  sample: number,
  { to, row }: { readonly to: Samples; readonly row: number },
): void {
  to.inputs.data.set(inputs.subarray(sample * inputDim, (sample + 1) * inputDim), row * inputDim);
  const target = targets.subarray(sample * outputDim, (sample + 1) * outputDim);
  to.targets.data.set(target, row * outputDim);
  to.exactTargets.data.set(target, row * outputDim);
}
