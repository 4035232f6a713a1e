import type { ParametrizationId } from '@widthwise/core';

/** Of the features of one hidden layer, before and after training. */
export interface MeasuredLayer {
  /** Mean over images of ‖h(x) − h_0(x)‖ / ‖h_0(x)‖. */
  readonly change: number;
  /** λ_min of K_ij = ⟨h(x_i), h(x_j)⟩ after training, and of the same of h_0 and h together: the paper's, not divided by n. */
  readonly lambdaMin: number;
  readonly lambdaMinJoint: number;
  /** λ_min of xᵀx/n after training, and of x_0 and x together: ours, of activations. */
  readonly richness: number;
  readonly richnessJoint: number;
}

/** One trained network. */
export interface MeasuredRun {
  readonly parametrization: ParametrizationId;
  readonly width: number;
  readonly seed: number;
  /** Before and after training. */
  readonly loss: readonly [number, number];
  /** Layer 1 first. */
  readonly layers: readonly MeasuredLayer[];
}

/** What was run, and what came out: all that docs/reproduction.md is made of. */
export interface Reproduction {
  readonly images: number;
  readonly dataHash: string;
  readonly steps: number;
  readonly learningRate: number;
  readonly activation: string;
  readonly engine: string;
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly runs: readonly MeasuredRun[];
}

/** The parametrizations of the paper's table, in its order. */
export const PAPERS: readonly ParametrizationId[] = ['sp', 'ntp', 'ip', 'mup'];

export const DEPTH = 3;
