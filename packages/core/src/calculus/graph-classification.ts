import type { Regime } from './regime.ts';

/** e of Θ(n^−e): larger is smaller, ∞ is exactly 0, null unknown. */
export type Exponent = number | null;

/**
 * One weight, the others as they are: what its initial size and its updates do to what is judged first behind it.
 *
 * Below 0 is too large by that power of the width, 0 is right; above 0 a rate is too small, and an initial size small.
 */
export interface WeightJudgement {
  readonly init: Exponent;
  readonly rate: Exponent;
  /** b to set here, ∞ for a zero start. A small start that does no harm, of a readout, a bias or a gain, is right as it is. */
  readonly rightInit: Exponent;
  /** c to set here, once every weight starts right; null also for a frozen weight. */
  readonly rightRate: Exponent;
  /** The b at which its initial effect is Θ(1), whatever it has now: what a start that is not read should be. */
  readonly targetInit: Exponent;
}

/** What a graph does as its width grows. Maps are by the ids of nodes, in their order. */
export interface GraphClassification {
  readonly regime: Regime;
  /** Feature learning, nothing overwritten, every rate right and nothing too large. Null where that is not known. */
  readonly widthStable: boolean | null;
  /** Tensors that grow, whatever the unknown exponents are. */
  readonly grows: readonly string[];
  /** Norms in front of which the first updates leave nothing of the initialization. */
  readonly overwritten: readonly string[];
  /** Tensors of which only relative sizes matter: every way to the output meets a norm first. */
  readonly scaleFree: readonly string[];
  /** At initialization, of each tensor but inputs and weights. */
  readonly init: ReadonlyMap<string, Exponent>;
  /** At initialization, of each weight; empty where that was not asked for. */
  readonly gradient: ReadonlyMap<string, Exponent>;
  /** Of the value now − at initialization once nothing changes any more; null where something grows. */
  readonly change: ReadonlyMap<string, Exponent> | null;
  /** The same after each of the updates that were asked for; empty where something grows. */
  readonly steps: readonly ReadonlyMap<string, Exponent>[];
  readonly weights: ReadonlyMap<string, WeightJudgement>;
}
