import type { Dataset } from '../../data/dataset.ts';
import type { Multiply } from '../../linalg/gemm.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { loss } from '../../model/loss.ts';
import { biasCorrections } from '../../model/optimizer.ts';
import { type Batches, batchesOf } from '../../run/batches.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import type { BatchGradients, EngineSession } from '../engine.ts';
import { ExactMeasurement } from '../exact-measurement.ts';
import { forwardModel, stepModel } from './onnx-graphs.ts';
import type { OnnxModel, OnnxRuntime, OnnxTensor } from './onnx-runtime.ts';
import { OnnxWeights } from './onnx-weights.ts';

/** Samples as a graph takes them, with room for what it makes of them. */
interface Samples {
  readonly inputs: OnnxTensor;
  readonly targets: OnnxTensor;
  readonly exactTargets: Matrix;
  readonly outputs: OnnxTensor;
}

/** What one update takes: a model for its rates and rows. */
interface Step {
  readonly rates: readonly number[];
  readonly model: OnnxModel;
}

/** One network on an ONNX runtime. The loss is taken in float64 of float32 outputs. */
export class OnnxSession implements EngineSession {
  readonly #spec: RunSpec;
  readonly #runtime: OnnxRuntime;
  readonly #weights: OnnxWeights;
  readonly #measured: ExactMeasurement;
  #data: Dataset | undefined;
  #all: Samples | undefined;
  #batch: Samples | undefined;
  #batches: Batches | undefined;
  #corrections: ReturnType<typeof biasCorrections> | undefined;
  #forward: OnnxModel | undefined;
  #step: Step | undefined;
  /** Of all samples, at these weights. */
  #loss: number | undefined;

  constructor(spec: RunSpec, runtime: OnnxRuntime, multiply: Multiply) {
    this.#spec = spec;
    this.#runtime = runtime;
    this.#weights = new OnnxWeights(spec, runtime);
    this.#measured = new ExactMeasurement(spec, multiply, () => this.getParams());
    this.#begin();
  }

  setData(data: Dataset): void {
    this.#dropModels();
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

  getParams(): readonly Matrix[] {
    return this.#weights.get();
  }

  step(count: number, learningRates: readonly number[]): Float64Array {
    const { batch, batches, data } = this.#required();
    const model = this.#stepModel(learningRates, batches.rows);
    const order = batches.next(count);
    const losses = new Float64Array(count);
    for (let step = 0; step < count; step++) {
      const numbers = order.subarray(step * batches.rows, (step + 1) * batches.rows);
      for (const [row, sample] of numbers.entries()) copySample(data, sample, { to: batch, row });
      losses[step] = this.#update(model, batch);
    }
    this.#moved();
    return losses;
  }

  loss(): number {
    const { all, data } = this.#required();
    if (this.#loss === undefined) {
      this.#forward ??= this.#runtime.load(forwardModel(this.#spec, data.samples));
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

  batch(): BatchGradients {
    return this.#measured.batch();
  }

  tangentKernel(rates: readonly number[]): Matrix {
    return this.#measured.tangentKernel(rates);
  }

  dispose(): void {
    this.#dropModels();
    this.#measured.moved();
    this.#data = undefined;
  }

  /** @returns the loss of the batch before it */
  #update(model: OnnxModel, batch: Samples): number {
    const { inputs, targets, outputs } = batch;
    model.run(
      { inputs, targets, ...this.#weights.starts, ...this.#weights.changing(), ...this.#shortfalls() },
      { f: outputs, ...this.#weights.changed() },
    );
    this.#weights.turn();
    return this.#lossOf(batch);
  }

  /** One over what the averages of Adam are short by. */
  #shortfalls(): Record<string, OnnxTensor> {
    const corrections = this.#corrections;
    if (corrections === undefined) return {};
    corrections.begin();
    const number = (value: number): OnnxTensor => this.#runtime.tensor(Float32Array.of(value), [1]);
    return { ofMean: number(1 / corrections.ofMean), ofSquare: number(1 / corrections.ofSquare) };
  }

  #lossOf({ outputs, exactTargets }: Samples): number {
    const { rows, cols } = exactTargets;
    return loss(this.#spec.loss, matrix(rows, cols, Float64Array.from(outputs.data)), exactTargets);
  }

  #stepModel(rates: readonly number[], rows: number): OnnxModel {
    if (this.#step?.rates.join() !== rates.join()) {
      this.#step?.model.dispose();
      this.#step = { rates, model: this.#runtime.load(stepModel(this.#spec, { rows, rates })) };
    }
    return this.#step.model;
  }

  #samples({ inputs, targets, inputDim, outputDim }: Dataset, rows: number): Samples {
    const tensor = (values: Float64Array, length: number): OnnxTensor =>
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

  #dropModels(): void {
    this.#forward?.dispose();
    this.#step?.model.dispose();
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
      throw new TypeError('onnxEngine: expected setData before this call, got none');
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
