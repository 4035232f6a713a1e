import type { DataIdentity } from '../data/dataset.ts';
import type { LossSpec } from '../model/loss.ts';
import type { NetSpec } from '../model/net-spec.ts';
import type { OptimizerSpec } from '../model/optimizer.ts';
import type { AbcExponents, LayerRole } from '../parametrization/parametrization.ts';

/** Which samples are watched, and at which steps; step t is the network after t updates. */
export interface ProbePlan {
  /** The first so many training samples. */
  readonly samples: number;
  /** Ascending, with 0 and T. */
  readonly steps: readonly number[];
  /**
   * What is looked at: without a word the features of hidden layers, with `convergence` also what gradients say of the
   * loss; or the coordinates of every layer instead, or nothing but the loss.
   */
  readonly measures?: 'coordinates' | 'convergence' | 'loss';
  /** Of coordinates: whether weights are looked at at the last step, their norms and those of their updates; without a word they are not. */
  readonly weights?: 'norms';
  /**
   * Whether the result keeps what seeds are averaged by before an eigenvalue is taken; with `marginals` also what law units
   * have. Without a word it does not.
   */
  readonly keeps?: 'grams' | 'marginals';
}

/** Everything that changes a number of one training run, and nothing else: its canonical JSON is the run's name. */
export interface RunSpec {
  readonly version: 1;
  readonly net: NetSpec;
  /** Exponents per role; the name of a parametrization is a label and not part of a run. */
  readonly exponents: Readonly<Record<LayerRole, AbcExponents>>;
  readonly optimizer: OptimizerSpec;
  readonly constants: {
    /** n₀: where every parametrization equals SP; 1 is the poster's table. */
    readonly baseWidth: number;
    /** σ, a factor on every initial standard deviation. */
    readonly initStd: number;
    /** η. */
    readonly learningRate: number;
  };
  readonly loss: LossSpec;
  readonly data: DataIdentity;
  /** T, the number of updates. */
  readonly steps: number;
  /** How many samples an update sees; all of them without a word. */
  readonly batch?: number;
  readonly probe: ProbePlan;
  readonly seed: number;
  readonly engine: { readonly name: string; readonly numerics: number };
}
