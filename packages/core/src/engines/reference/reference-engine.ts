import type { Dataset } from '../../data/dataset.ts';
import { type Multiply, plainMultiply } from '../../linalg/gemm.ts';
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
import type { RunSpec } from '../../run/run-spec.ts';
import type { BatchGradients, Engine, EngineSession } from '../engine.ts';

/** The numeric version of the `reference` engine. */
const REFERENCE_NUMERICS = 1;

/** Plain float64 in TypeScript: what every other engine is measured against. */
export const referenceEngine: Engine = {
  name: 'reference',
  numerics: REFERENCE_NUMERICS,
  precision: 'float64',
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
    this.#batch = { tape: newTape(this.#spec.net, inputs, this.#multiply), targets };
    this.#evaluated = false;
  }

  setParams(params: readonly Matrix[]): void {
    this.#weights = concreteScaling(this.#spec).map(({ multiplier, fanIn, fanOut }, index) => ({
      w: matrix(fanOut, fanIn, params[index].data.slice()),
      multiplier,
    }));
    this.#optimizer = this.#newOptimizer();
    this.#evaluated = false;
  }

  getParams(): readonly Matrix[] {
    return this.#weights.map(({ w }) => matrix(w.rows, w.cols, w.data.slice()));
  }

  step(count: number, learningRates: readonly number[]): Float64Array {
    const losses = new Float64Array(count);
    for (let step = 0; step < count; step++) {
      losses[step] = this.loss();
      this.#update(learningRates);
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

  batch(): BatchGradients {
    const { tape, targets } = this.#evaluate();
    const activation = this.#activation;
    const { depth } = this.#spec.net;
    this.#fillErrors();
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
  }

  #evaluate(): Batch {
    if (this.#batch === undefined) {
      throw new TypeError('referenceEngine: expected setData before this call, got none');
    }
    if (!this.#evaluated) forward(this.#weights, this.#activation, this.#batch.tape);
    this.#evaluated = true;
    return this.#batch;
  }

  /** The error signal of the outputs. */
  #fillErrors(): void {
    const { tape, targets } = this.#evaluate();
    fillErrorSignal(tape.errors[this.#spec.net.depth], this.#spec.loss, { outputs: tape.outputs, targets });
  }

  #update(rates: readonly number[]): void {
    const { tape } = this.#evaluate();
    this.#fillErrors();
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

/** A view, not a copy. */
function firstRows(m: Matrix, rows: number): Matrix {
  return matrix(rows, m.cols, m.data.subarray(0, rows * m.cols));
}
