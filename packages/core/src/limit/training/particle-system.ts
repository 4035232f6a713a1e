import { type Matrix, matrix } from '../../linalg/matrix.ts';
import type { Activation } from '../../model/activation.ts';
import type { Neurons } from './neurons.ts';
import type { LimitTraining } from './training-limit.ts';

/** The neurons of one layer, each with its preactivations and its readout weights. */
export class ParticleSystem {
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

  /** As they are now: [count, P]. */
  get h(): Float64Array {
    return this.#h;
  }

  /** As they are now: [count, k]. */
  get v(): Float64Array {
    return this.#v;
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
