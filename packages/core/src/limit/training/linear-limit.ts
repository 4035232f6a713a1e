import { dot } from '../../linalg/dot.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { BANDED_SAMPLES } from '../../statistics/quantile-bands.ts';
import { gaussianBands } from '../gaussian-bands.ts';
import { errorSignals } from './error-signals.ts';
import type { LimitLaw, LimitTraining, TrainingLimit } from './training-limit.ts';

/**
 * Training of a linear network at infinite width, exactly: preactivations hˡ and error-weighted backward vectors
 * βˡ = n·∂(Σ loss)/∂hˡ are sums of Gaussians that W₀ˡ and its transpose make of what comes in, and so are kept as
 * coefficients over these.
 *
 *     h¹_t(j) = g_j − η₁ Σ_{s<t,i} β¹_s(i) K_ij
 *     hˡ_t(j) = uˡ_t(j) + Σ_{s<t,i} βˡ_s(i) [A_{tj,si} − η Φˡ⁻¹_{si,tj}]        A: coefficient of rˡ⁻¹_s(i) in hˡ⁻¹_t(j)
 *     β^L_t(j) = Σ_o χ_t(j,o) v_t(o),   v_t(o) = v_0(o) − η_out Σ_{s<t,i} χ_s(i,o) h^L_s(i),   f_t(j,o) = E[v_t(o) h^L_t(j)]
 *     βˡ_t(j) = rˡ_t(j) + Σ_{s≤t,i} hˡ_s(i) [B_{tj,si} − 1[s<t] η Gˡ⁺¹_{si,tj}]     B: coefficient of uˡ⁺¹_s(i) in βˡ⁺¹_t(j)
 *     Cov(uˡ) = Φˡ⁻¹ = E[hˡ⁻¹ hˡ⁻¹],   Cov(rˡ) = Gˡ⁺¹ = E[βˡ⁺¹ βˡ⁺¹]
 *
 * The response terms A and B come of using W₀ in both directions; without them the limit is wrong for L ≥ 2.
 *
 * @see docs/math.md#the-limit-in-training
 */
export function linearLimit(training: LimitTraining): TrainingLimit {
  const { depth, steps, rates, inputGram, targets } = training;
  const samples = inputGram.rows;
  const layers = Array.from({ length: depth }, (_, index) => new GaussianLayer(training, index + 1));
  const last = layers[depth - 1];
  const readout = Array.from({ length: targets.cols }, (_, output) => last.readoutStart(output));
  const outputs: Matrix[] = [];
  const kernels: Matrix[][] = [];
  const readouts: (readonly Float64Array[])[] = [];

  for (let step = 0; step <= steps; step++) {
    for (const [index, layer] of layers.entries()) layer.forward(step, layers[index - 1]);
    const f = matrix(samples, targets.cols);
    for (let j = 0; j < samples; j++) {
      for (let o = 0; o < targets.cols; o++)
        f.data[j * targets.cols + o] = last.product(readout[o], last.h[step * samples + j]);
    }
    outputs.push(f);
    kernels.push(layers.map((layer) => layer.kernelAt(step)));
    readouts.push(readout.map((each) => each.slice()));
    const chi = errorSignals(training, f);
    last.backwardFromReadout(chi, readout);
    for (let index = depth - 2; index >= 0; index--) layers[index].backward(step, layers[index + 1]);
    for (let o = 0; o < targets.cols; o++) {
      for (let i = 0; i < samples; i++) {
        add(readout[o], -rates.output * chi.data[i * targets.cols + o], last.h[step * samples + i]);
      }
    }
  }
  const law = linearLaw(last, {
    readouts,
    kernels: kernels.map((each) => each[depth - 1]),
    wanted: training.wanted,
  });
  const exact = kernels.map(() => 0);
  return { outputs, kernels, law, error: 0, lossErrors: exact, lambdaMinErrors: exact };
}

/** Every preactivation is Gaussian; the readout's parts are coefficients, too. Null where curves alone are wanted. */
function linearLaw(
  last: GaussianLayer,
  {
    readouts,
    kernels,
    wanted,
  }: {
    readonly readouts: readonly (readonly Float64Array[])[];
    readonly kernels: readonly Matrix[];
    readonly wanted: LimitTraining['wanted'];
  },
): LimitLaw | null {
  if (wanted === 'curves') return null;
  const bandsOf = ({ rows, data }: Matrix): LimitLaw['start'] =>
    Array.from({ length: Math.min(BANDED_SAMPLES, rows) }, (_, i) => gaussianBands(data[i * rows + i]));
  const trained = readouts[readouts.length - 1];
  const share = (part: readonly Float64Array[]): number =>
    part.reduce((sum, each, o) => sum + last.product(each, trained[o]), 0) / trained.length;
  return {
    start: bandsOf(kernels[0]),
    trained: bandsOf(kernels[kernels.length - 1]),
    readout: {
      start: share(readouts[0]),
      updates: readouts
        .slice(1)
        .map((after, step) =>
          share(after.map((each, o) => each.map((value, at) => value - readouts[step][o][at]))),
        ),
    },
    error: 0,
  };
}

/** One layer's h and β over (step, sample), as coefficients over the Gaussians that come from below and from above. */
class GaussianLayer {
  readonly h: Float64Array[] = [];
  readonly beta: Float64Array[] = [];
  readonly #training: LimitTraining;
  readonly #layer: number;
  readonly #events: number;
  /** How many Gaussians come from below: g of every sample, or u of every event. */
  readonly #below: number;
  readonly #size: number;
  /** Φˡ and Gˡ over events, filled as they come. */
  readonly #forwardGram: Float64Array;
  readonly #backwardGram: Float64Array;
  #under: GaussianLayer | undefined;
  #over: GaussianLayer | undefined;

  constructor(training: LimitTraining, layer: number) {
    const { inputGram, targets, steps, depth } = training;
    this.#training = training;
    this.#layer = layer;
    this.#events = inputGram.rows * (steps + 1);
    this.#below = layer === 1 ? inputGram.rows : this.#events;
    this.#size = this.#below + (layer === depth ? targets.cols : this.#events);
    this.#forwardGram = new Float64Array(this.#events * this.#events);
    this.#backwardGram = new Float64Array(this.#events * this.#events);
  }

  /** v_0 of one output. */
  readoutStart(output: number): Float64Array {
    const start = new Float64Array(this.#size);
    start[this.#below + output] = 1;
    return start;
  }

  forward(step: number, under: GaussianLayer | undefined): void {
    this.#under = under;
    const { inputGram, rates } = this.#training;
    const samples = inputGram.rows;
    for (let j = 0; j < samples; j++) {
      const now = step * samples + j;
      const h = new Float64Array(this.#size);
      h[under === undefined ? j : now] = 1;
      for (let past = 0; past < step * samples; past++) {
        const weight =
          under === undefined
            ? -rates.input * inputGram.data[(past % samples) * samples + j]
            : under.h[now][under.#below + past] -
              rates.hidden * under.#forwardGram[past * this.#events + now];
        add(h, weight, this.beta[past]);
      }
      this.h.push(h);
    }
    this.#fill(this.#forwardGram, this.h, step);
  }

  /** β of the last layer: [samples, outputDim] of error signals by the readout. */
  backwardFromReadout(chi: Matrix, readout: readonly Float64Array[]): void {
    const step = this.beta.length / chi.rows;
    for (let j = 0; j < chi.rows; j++) {
      const beta = new Float64Array(this.#size);
      for (let o = 0; o < chi.cols; o++) add(beta, chi.data[j * chi.cols + o], readout[o]);
      this.beta.push(beta);
    }
    this.#fill(this.#backwardGram, this.beta, step);
  }

  backward(step: number, over: GaussianLayer): void {
    this.#over = over;
    const { inputGram, rates } = this.#training;
    const samples = inputGram.rows;
    for (let j = 0; j < samples; j++) {
      const now = step * samples + j;
      const beta = new Float64Array(this.#size);
      beta[this.#below + now] = 1;
      for (let past = 0; past < (step + 1) * samples; past++) {
        const learned =
          past < step * samples ? rates.hidden * over.#backwardGram[past * this.#events + now] : 0;
        add(beta, over.beta[now][past] - learned, this.h[past]);
      }
      this.beta.push(beta);
    }
    this.#fill(this.#backwardGram, this.beta, step);
  }

  /** E[a·b] of two vectors of coefficients. */
  product(a: Float64Array, b: Float64Array): number {
    return dot(this.#covarianceOf(a), b);
  }

  kernelAt(step: number): Matrix {
    const samples = this.#training.inputGram.rows;
    const kernel = matrix(samples, samples);
    for (let i = 0; i < samples; i++) {
      for (let j = 0; j < samples; j++) {
        kernel.data[i * samples + j] =
          this.#forwardGram[(step * samples + i) * this.#events + step * samples + j];
      }
    }
    return kernel;
  }

  /** Rows and columns of a step's events. */
  #fill(gram: Float64Array, vectors: readonly Float64Array[], step: number): void {
    const samples = this.#training.inputGram.rows;
    for (let now = step * samples; now < (step + 1) * samples; now++) {
      const mapped = this.#covarianceOf(vectors[now]);
      for (let other = 0; other < vectors.length; other++) {
        const value = dot(mapped, vectors[other]);
        gram[now * this.#events + other] = gram[other * this.#events + now] = value;
      }
    }
  }

  /** Cov · a: what comes from below and from above is independent. */
  #covarianceOf(a: Float64Array): Float64Array {
    const { inputGram, rates } = this.#training;
    const out = new Float64Array(a.length);
    const below = this.#under === undefined ? inputGram.data : this.#under.#forwardGram;
    symmetricProduct(below, a.subarray(0, this.#below), out.subarray(0, this.#below));
    const above = a.subarray(this.#below);
    const into = out.subarray(this.#below);
    if (this.#layer === this.#training.depth) {
      for (let at = 0; at < above.length; at++) into[at] = rates.readoutStd * rates.readoutStd * above[at];
    } else if (this.#over !== undefined) symmetricProduct(this.#over.#backwardGram, above, into);
    return out;
  }
}

function symmetricProduct(gram: Float64Array, a: Float64Array, out: Float64Array): void {
  const size = a.length;
  for (let column = 0; column < size; column++) {
    const factor = a[column];
    if (factor === 0) continue;
    for (let row = 0; row < size; row++) out[row] += factor * gram[column * size + row];
  }
}

function add(to: Float64Array, factor: number, vector: Float64Array): void {
  if (factor === 0) return;
  for (let at = 0; at < to.length; at++) to[at] += factor * vector[at];
}
