import type { Dataset } from '../../data/dataset.ts';
import { type Multiply, plainMultiply } from '../../linalg/gemm.ts';
import { PLAIN_LINALG } from '../../linalg/linalg.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { type Activation, activation } from '../../model/activation.ts';
import { descend } from '../../model/backward.ts';
import { forward, type Weight } from '../../model/forward.ts';
import { gradientNorms } from '../../model/gradient-norms.ts';
import { fillErrorSignal, loss, residuals } from '../../model/loss.ts';
import { type Optimizer, optimizerOf } from '../../model/optimizer.ts';
import { tangentKernel } from '../../model/tangent-kernel.ts';
import { newTape, type Tape } from '../../model/tape.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import { drawNormals, type NormalDraw } from '../../random/normal.ts';
import { type Batches, batchesOf } from '../../run/batches.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { drawnWeights } from '../drawn-weights.ts';
import type { BatchGradients, Engine, EngineSession, MovedCoordinates, WeightSize } from '../engine.ts';
import { watchedCoordinates } from '../watched-coordinates.ts';
import { watchedWeights } from '../watched-weights.ts';

/** The numeric version of the `reference` engine. */
const REFERENCE_NUMERICS = 2;

/** Plain float64 in TypeScript: what every other engine is measured against. */
export const referenceEngine: Engine = {
  name: 'reference',
  numerics: REFERENCE_NUMERICS,
  precision: 'float64',
  linalg: PLAIN_LINALG,
  open: (spec) => openReference(spec, plainMultiply()),
};

/** A session of plain float64 but for its products. */
export function openReference(spec: RunSpec, multiply: Multiply): EngineSession {
  return new ReferenceSession(spec, multiply);
}

class ReferenceSession implements EngineSession {
  readonly #spec: RunSpec;
  readonly #activation: Activation;
  readonly #multiply: Multiply;
  #weights: readonly Weight[] = [];
  #optimizer: Optimizer;
  #batch: Batch | undefined;
  #batches: Batches | undefined;
  /** Of one batch, where that is not all samples. */
  #part: Batch | undefined;
  /** The tape holds a forward pass at these weights. */
  #evaluated = false;

  constructor(spec: RunSpec, multiply: Multiply) {
    this.#spec = spec;
    this.#multiply = multiply;
    this.#activation = activation(spec.net.activation);
    this.#optimizer = this.#newOptimizer();
  }

  setData(data: Dataset): void {
    const inputs = matrix(data.samples, data.inputDim, data.inputs);
    const targets = matrix(data.samples, data.outputDim, data.targets);
    const { net } = this.#spec;
    this.#batch = { tape: newTape(net, inputs, this.#multiply), targets };
    this.#batches = batchesOf(this.#spec, data.samples);
    const { rows } = this.#batches;
    this.#part =
      rows === data.samples
        ? undefined
        : {
            tape: newTape(net, matrix(rows, data.inputDim), this.#multiply),
            targets: matrix(rows, data.outputDim),
          };
    this.#evaluated = false;
  }

  setParams(params: readonly Matrix[]): void {
    this.#weights = concreteScaling(this.#spec).map(({ multiplier, fanIn, fanOut }, index) => ({
      w: matrix(fanOut, fanIn, params[index].data.slice()),
      multiplier,
    }));
    this.#optimizer = this.#newOptimizer();
    if (this.#batch !== undefined) this.#batches = batchesOf(this.#spec, this.#batch.targets.rows);
    this.#evaluated = false;
  }

  drawParams(draws: readonly NormalDraw[]): void {
    this.setParams(drawnWeights(this.#spec, draws, drawNormals));
  }

  getParams(): readonly Matrix[] {
    return this.#weights.map(({ w }) => matrix(w.rows, w.cols, w.data.slice()));
  }

  step(count: number, learningRates: readonly number[]): Float64Array {
    const losses = new Float64Array(count);
    for (let step = 0; step < count; step++) {
      const batch = this.#nextBatch();
      losses[step] = loss(this.#spec.loss, batch.tape.outputs, batch.targets);
      this.#descend(batch, learningRates);
    }
    return losses;
  }

  loss(): number {
    const { tape, targets } = this.#evaluate();
    return loss(this.#spec.loss, tape.outputs, targets);
  }

  features(layer: number, which: 'preactivation' | 'activation'): Matrix {
    const { preactivations, activations } = this.#evaluate().tape;
    const kept = which === 'preactivation' ? preactivations : activations;
    return firstRows(kept[layer - 1], this.#spec.probe.samples);
  }

  outputs(): Matrix {
    return firstRows(this.#evaluate().tape.outputs, this.#spec.probe.samples);
  }

  watchCoordinates(): () => readonly MovedCoordinates[] {
    return watchedCoordinates(this, this.#spec.net);
  }

  watchWeights(): () => readonly WeightSize[] {
    return watchedWeights(this);
  }

  batch(): BatchGradients {
    const all = this.#evaluate();
    const { tape, targets } = all;
    const activation = this.#activation;
    const { depth } = this.#spec.net;
    this.#fillErrors(all);
    return {
      features: tape.activations[depth - 1],
      residuals: residuals(this.#spec.loss, { outputs: tape.outputs, targets }),
      gradientNorms: gradientNorms(this.#weights, { tape, activation }),
    };
  }

  tangentKernel(rates: readonly number[]): Matrix {
    const { tape } = this.#evaluate();
    return tangentKernel(this.#weights, { tape, activation: this.#activation, rates });
  }

  dispose(): void {
    this.#weights = [];
    this.#batch = undefined;
    this.#part = undefined;
  }

  #evaluate(): Batch {
    const all = this.#required();
    if (!this.#evaluated) forward(this.#weights, this.#activation, all.tape);
    this.#evaluated = true;
    return all;
  }

  #required(): Batch {
    if (this.#batch === undefined) {
      throw new TypeError('referenceEngine: expected setData before this call, got none');
    }
    return this.#batch;
  }

  /** The samples that the next update sees, run through the network. */
  #nextBatch(): Batch {
    const part = this.#part;
    if (part === undefined) return this.#evaluate();
    const { tape, targets } = this.#required();
    for (const [row, sample] of this.#batches?.next(1).entries() ?? []) {
      copyRow(tape.inputs, sample, { to: part.tape.inputs, row });
      copyRow(targets, sample, { to: part.targets, row });
    }
    forward(this.#weights, this.#activation, part.tape);
    return part;
  }

  /** The error signal of the outputs. */
  #fillErrors({ tape, targets }: Batch): void {
    fillErrorSignal(tape.errors[this.#spec.net.depth], this.#spec.loss, { outputs: tape.outputs, targets });
  }

  #descend(batch: Batch, rates: readonly number[]): void {
    this.#fillErrors(batch);
    const { tape } = batch;
    descend(this.#weights, { tape, activation: this.#activation, optimizer: this.#optimizer, rates });
    this.#evaluated = false;
  }

  #newOptimizer(): Optimizer {
    return optimizerOf(this.#spec.optimizer, this.#weights, this.#multiply);
  }
}

interface Batch {
  readonly tape: Tape;
  readonly targets: Matrix;
}

function copyRow(
  { cols, data }: Matrix,
  from: number,
  { to, row }: { readonly to: Matrix; readonly row: number },
): void {
  to.data.set(data.subarray(from * cols, (from + 1) * cols), row * cols);
}

/** A view, not a copy. */
function firstRows(m: Matrix, rows: number): Matrix {
  return matrix(rows, m.cols, m.data.subarray(0, rows * m.cols));
}
