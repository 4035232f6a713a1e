import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { type Activation, activation } from '../../model/activation.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import { errorSignals } from './error-signals.ts';
import { type Neurons, neuronSamples } from './neurons.ts';
import type { LimitTraining, TrainingLimit } from './training-limit.ts';

/**
 * Training of one hidden layer at infinite width: neurons (h(ξ_1) … h(ξ_P), v) that move alike and meet in f alone.
 *
 *     f_t(j,o) = E[v_t(o) φ(h_t(j))]
 *     h_{t+1}(j) = h_t(j) − η₁ Σ_i φ′(h_t(i)) Σ_o χ_t(i,o) v_t(o) · K_ij
 *     v_{t+1}(o) = v_t(o) − η_out Σ_i χ_t(i,o) φ(h_t(i))
 *
 * @see docs/math.md#the-limit-in-training
 */
export function particleLimit(
  training: LimitTraining & { readonly activation: ActivationName },
): TrainingLimit {
  const of = activation(training.activation);
  const { kind, samples } = neuronSamples(training.inputGram, {
    outputs: training.targets.cols,
    smooth: of.smooth,
  });
  const runs = samples.map((neurons) => trained(training, of, neurons));
  const estimateOf = kind === 'grids' ? finestOf : meanOf;
  const steps = Array.from({ length: training.steps + 1 }, (_, step) => step);
  const outputs = steps.map((step) => estimateOf(runs.map((run) => run.outputs[step])));
  const kernels = steps.map((step) => estimateOf(runs.map((run) => run.kernels[step])));
  return {
    outputs: outputs.map(({ value }) => value),
    kernels: kernels.map(({ value }) => [value]),
    error: Math.max(...[...outputs, ...kernels].map(({ error }) => error)),
  };
}

interface ParticleRun {
  readonly outputs: Matrix[];
  readonly kernels: Matrix[];
}

function trained(training: LimitTraining, of: Activation, neurons: Neurons): ParticleRun {
  const system = new ParticleSystem(training, of, neurons);
  const run: ParticleRun = { outputs: [], kernels: [] };
  for (let step = 0; step <= training.steps; step++) {
    const { f, kernel } = system.expectations();
    run.outputs.push(f);
    run.kernels.push(kernel);
    system.update(errorSignals(training, f));
  }
  return run;
}

/** The neurons of one layer, each with its preactivations and its readout weights. */
class ParticleSystem {
  readonly #training: LimitTraining;
  readonly #activation: Activation;
  readonly #neurons: Neurons;
  readonly #h: Float64Array;
  readonly #v: Float64Array;
  readonly #samples: number;
  readonly #outputs: number;

  constructor(training: LimitTraining, of: Activation, neurons: Neurons) {
    this.#training = training;
    this.#activation = of;
    this.#neurons = neurons;
    this.#h = neurons.h.slice();
    this.#v = neurons.v.map((value) => training.rates.readoutStd * value);
    this.#samples = training.inputGram.rows;
    this.#outputs = training.targets.cols;
  }

  /** f and Φ. */
  expectations(): { readonly f: Matrix; readonly kernel: Matrix } {
    const [samples, outputs] = [this.#samples, this.#outputs];
    const f = matrix(samples, outputs);
    const kernel = matrix(samples, samples);
    const x = new Float64Array(samples);
    for (let neuron = 0; neuron < this.#neurons.count; neuron++) {
      this.#featuresOf(neuron, x);
      for (let i = 0; i < samples; i++) {
        const weighed = this.#neurons.weights[neuron] * x[i];
        for (let o = 0; o < outputs; o++) f.data[i * outputs + o] += weighed * this.#v[neuron * outputs + o];
        for (let j = 0; j < samples; j++) kernel.data[i * samples + j] += weighed * x[j];
      }
    }
    return { f, kernel };
  }

  /** One update of every neuron at error signals χ. */
  update(chi: Matrix): void {
    const x = new Float64Array(this.#samples);
    const pull = new Float64Array(this.#samples);
    for (let neuron = 0; neuron < this.#neurons.count; neuron++) {
      this.#featuresOf(neuron, x);
      this.#pullOn(neuron, { x, chi, into: pull });
      this.#move(neuron, { x, chi, pull });
    }
  }

  #featuresOf(neuron: number, into: Float64Array): void {
    const { phi } = this.#activation;
    for (let i = 0; i < into.length; i++) into[i] = phi(this.#h[neuron * into.length + i]);
  }

  /** φ′(h(i)) Σ_o χ(i,o) v(o). */
  #pullOn(
    neuron: number,
    { x, chi, into }: { readonly x: Float64Array; readonly chi: Matrix; readonly into: Float64Array },
  ): void {
    for (let i = 0; i < into.length; i++) {
      let weighed = 0;
      for (let o = 0; o < chi.cols; o++)
        weighed += chi.data[i * chi.cols + o] * this.#v[neuron * chi.cols + o];
      into[i] = this.#activation.derivative(this.#h[neuron * into.length + i], x[i]) * weighed;
    }
  }

  #move(
    neuron: number,
    { x, chi, pull }: { readonly x: Float64Array; readonly chi: Matrix; readonly pull: Float64Array },
  ): void {
    const { inputGram, rates } = this.#training;
    const samples = this.#samples;
    for (let j = 0; j < samples; j++) {
      let sum = 0;
      for (let i = 0; i < samples; i++) sum += pull[i] * inputGram.data[i * samples + j];
      this.#h[neuron * samples + j] -= rates.input * sum;
    }
    for (let o = 0; o < chi.cols; o++) {
      let sum = 0;
      for (let i = 0; i < samples; i++) sum += chi.data[i * chi.cols + o] * x[i];
      this.#v[neuron * chi.cols + o] -= rates.output * sum;
    }
  }
}

interface Estimate {
  readonly value: Matrix;
  /** Of its entries the largest. */
  readonly error: number;
}

/** The first of two, the finer, and how far the other is from it, which is more than it is off itself. */
function finestOf([fine, coarse]: readonly Matrix[]): Estimate {
  const differences = fine.data.map((entry, at) => Math.abs(entry - coarse.data[at]));
  return { value: fine, error: Math.max(...differences) };
}

/** The mean of several estimates, and its standard error. */
function meanOf(estimates: readonly Matrix[]): Estimate {
  const count = estimates.length;
  const value = matrix(estimates[0].rows, estimates[0].cols);
  let error = 0;
  for (let at = 0; at < value.data.length; at++) {
    const entries = estimates.map(({ data }) => data[at]);
    value.data[at] = entries.reduce((sum, entry) => sum + entry, 0) / count;
    const squares = entries.reduce((sum, entry) => sum + (entry - value.data[at]) ** 2, 0);
    error = Math.max(error, Math.sqrt(squares / (count - 1) / count));
  }
  return { value, error };
}
