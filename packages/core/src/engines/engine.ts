import type { Dataset } from '../data/dataset.ts';
import type { Linalg } from '../linalg/linalg.ts';
import type { Matrix } from '../linalg/matrix.ts';
import type { NormalDraw } from '../random/normal.ts';
import type { RunSpec } from '../run/run-spec.ts';

/** Executes runs of one spec: whole steps rather than single operations, so that an engine may fuse what it likes. */
export interface Engine {
  readonly name: string;
  /** Raised when the same spec would give other numbers. */
  readonly numerics: number;
  /** Of the weights as they are trained; what is measured at these weights is float64 in every engine, but for norms and coordinates of wide ones. */
  readonly precision: 'float32' | 'float64';
  /** What is measured is taken apart with. */
  readonly linalg: Linalg;
  open(spec: RunSpec): EngineSession;
}

/** Of all samples; views that the next step overwrites. */
export interface BatchGradients {
  /** x^L of every sample: [samples, width]. */
  readonly features: Matrix;
  /** f − y, or softmax f − p under cross-entropy: [samples, outputDim]. */
  readonly residuals: Matrix;
  /** ‖∂loss/∂W^l‖_F of every effective weight, at index l − 1. */
  readonly gradientNorms: readonly number[];
}

/** Coordinates of the probe samples in one layer, beside how they began: [probe, width]; views that the next step overwrites. */
export interface MovedCoordinates {
  readonly now: Matrix;
  readonly begun: Matrix;
}

/** A weight w^l, and what it has become since it was first looked at. */
export interface WeightSize {
  /** ‖w‖₂. */
  readonly norm: number;
  /** ‖w_t − w_0‖₂. */
  readonly change: number;
  /** Of w_t − w_0 with the activation x^{l−1} of the probe samples that it meets; null of layer 1, and where nothing was updated. */
  readonly alignment: number | null;
}

/**
 * One network being trained. The parameters that cross this interface are w^l, the factors that are trained: the
 * engine applies the multiplier of W^l = n^−a·w^l itself, so that two forms of one parametrization are two
 * honest computations.
 */
export interface EngineSession {
  setData(data: Dataset): void;
  /** Takes w^l of every layer, shape [fanOut, fanIn], copied, and begins anew: with nothing remembered, and the first batch. */
  setParams(weights: readonly Matrix[]): void;
  /** The same of entries that are drawn, those of w^l at index l − 1. */
  drawParams(draws: readonly NormalDraw[]): void;
  /** w^l of every layer; a copy. */
  getParams(): readonly Matrix[];
  /**
   * Runs `count` updates of the run's optimizer at rate learningRates[l − 1] on w^l, each on the next batch of the run.
   *
   * @returns the loss of each batch before its update
   */
  step(count: number, learningRates: readonly number[]): Float64Array;
  /** The loss of all samples at the current weights. */
  loss(): number;
  /** Preactivation h^l or activation x^l of the probe samples, [probe, width]; a view that the next step overwrites. */
  features(layer: number, which: 'preactivation' | 'activation'): Matrix;
  /** f of the probe samples, [probe, outputDim]; a view that the next step overwrites. */
  outputs(): Matrix;
  /**
   * Begins to watch preactivations of every layer and outputs as they are now. Each call has them as they are then, precise
   * enough for sizes and distances to a thousandth.
   */
  watchCoordinates(): () => readonly MovedCoordinates[];
  /** Begins to watch the weights as they are now: each call says how large they are then, at index l − 1. */
  watchWeights(): () => readonly WeightSize[];
  /** What the loss of all samples is made of, at the current weights. */
  batch(): BatchGradients;
  /**
   * The tangent kernel of all samples, each layer weighed by a rate on its effective weight, at index l − 1.
   *
   * @returns shape [samples · outputDim, samples · outputDim]
   */
  tangentKernel(rates: readonly number[]): Matrix;
  dispose(): void;
}
