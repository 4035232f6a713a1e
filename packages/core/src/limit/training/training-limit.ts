import type { Matrix } from '../../linalg/matrix.ts';
import type { LossSpec } from '../../model/loss.ts';

/** A run of μP without end of neurons: inputs, targets and rates in the units of the limit. */
export interface LimitTraining {
  /** L. */
  readonly depth: number;
  /** ⟨ξ_i, ξ_j⟩: [samples, samples]. */
  readonly inputGram: Matrix;
  /** y: [samples, outputDim]. */
  readonly targets: Matrix;
  readonly loss: LossSpec;
  /** T. */
  readonly steps: number;
  /** So many first samples are those whose λ_min is told; all without it. */
  readonly watched?: number;
  readonly rates: LimitRates;
  /** Without it `all`. `curves` are outputs and kernels alone; `all` has the law of a neuron, too. */
  readonly wanted?: 'all' | 'curves';
  /** Neurons of one random sample, where neurons it takes; a power of two, without it {@link MOST_POINTS}. */
  readonly points?: number;
}

/** Rates that stay as width grows: on W¹ over n, on hidden weights as they are, on n·W^{L+1}; and the size of n·W^{L+1} at the start. */
export interface LimitRates {
  readonly input: number;
  readonly hidden: number;
  readonly output: number;
  readonly readoutStd: number;
}

/** A network of infinite width after 0 … T updates. */
export interface TrainingLimit {
  /** f by step: [samples, outputDim]. */
  readonly outputs: readonly Matrix[];
  /** Φˡ = E[x x'] over samples by step, then layer: [samples, samples]. */
  readonly kernels: readonly (readonly Matrix[])[];
  /** Null where curves alone were wanted. */
  readonly law: LimitLaw | null;
  /**
   * How far outputs and kernels are off, the largest of all entries: standard errors of neurons at random, differences to
   * a coarser grid of neurons on a grid, 0 where they are exact.
   */
  readonly error: number;
  /** How far the loss is off by step: 0 where it is exact. */
  readonly lossErrors: readonly number[];
  /** How far λ_min of the kernel of the last layer is off by step, of the samples that are watched: 0 where it is exact. */
  readonly lambdaMinErrors: readonly number[];
}

/** What one neuron of the last hidden layer is like, and its readout weights. */
export interface LimitLaw {
  /** Z^h of each of the first samples before the first and after the last update, in bands of its quantiles. */
  readonly start: readonly (readonly number[])[];
  readonly trained: readonly (readonly number[])[];
  /**
   * The last layer as the sum of its start and its updates, Ẑ_T = Ẑ_0 + Σ_s δ_s: what each adds to E[Ẑ_T²], E[Ẑ_0 Ẑ_T] and
   * E[δ_s Ẑ_T], mean over outputs.
   */
  readonly readout: { readonly start: number; readonly updates: readonly number[] };
  /** How far any of these may be off; 0 where they are exact. */
  readonly error: number;
}
