import type { Slope } from '../../statistics/slope.ts';
import type { LimitMethod } from './known-limit.ts';

/** A number with its 95 % interval; null where there are too few seeds or widths. */
export interface LimitEstimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** A quantity at one step: networks of each width beside the limit. */
export interface LimitPoint {
  readonly step: number;
  /** Of the equations of the limit; null where it is extrapolated only, diverges, or is below what float64 tells from 0. */
  readonly limit: number | null;
  /** a of q = a + c/n over the widths; null with fewer than three, where a width has no value, and of a λ_min where least eigenvalues may meet. */
  readonly extrapolated: LimitEstimate | null;
  /** Means over seeds: geometric of losses, of the Gram averaged over seeds of λ_min. */
  readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
}

/** How a network's Gram of the last hidden layer comes near the limit's after the last step. */
export interface GramDistance {
  /** Of one network: ‖Φ_n − Φ‖_F / ‖Φ‖_F, which falls like n^−½. */
  readonly slope: Slope;
  readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
}

/** What one unit of the last hidden layer comes to after the last step, beside the limit's neuron. */
export interface Marginals {
  /** Of one network: how far its units' law is from the limit's by the spread of that, mean over samples; falls like n^−½. */
  readonly slope: Slope;
  readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
  /** Of the first few samples: h in bands of its quantiles, each the mean of 1/32 of all units, ascending. */
  readonly samples: readonly {
    /** Its row. */
    readonly sample: number;
    /** In the limit, before the first step and after the last. */
    readonly start: readonly number[];
    readonly limit: readonly number[];
    /** Mean over seeds. */
    readonly byWidth: readonly { readonly width: number; readonly bands: readonly number[] }[];
  }[];
}

/**
 * The readout of the limit as the sum of its start and its updates, Ẑ_T = Ẑ_0 + Σ_s δ_s: what each adds to E[Ẑ_T²], mean
 * over outputs. All of them together are E[Ẑ_T²].
 */
export interface ReadoutParts {
  readonly start: number;
  /** One a step. */
  readonly updates: readonly number[];
}

/** Steps whose limit lies outside the extrapolated interval, of how many that have both. */
export interface StepsOutside {
  readonly steps: readonly number[];
  readonly of: number;
}

/** What `limit` finds. */
export interface LimitReport {
  /** False when interrupted. */
  readonly complete: boolean;
  readonly method: LimitMethod;
  /** How far off what the limit's neurons give may be, the largest; 0 where it is exact, null where it is extrapolated or diverges. */
  readonly limitError: number | null;
  /** The first step that the limit has nothing of, for it diverges at this η; null where it does not, or is extrapolated. */
  readonly limitDivergesAt: number | null;
  readonly loss: readonly LimitPoint[];
  /** Of xᵀx/n of the last hidden layer over all samples. */
  readonly lambdaMin: readonly LimitPoint[];
  /** Null where the limit is extrapolated or diverges. */
  readonly distance: GramDistance | null;
  /** Null where the limit is extrapolated or diverges. */
  readonly marginals: Marginals | null;
  /** Null where the limit is extrapolated or diverges. */
  readonly readout: ReadoutParts | null;
  /** How far off the limit's marginals and readout may be; 0 where they are exact, null where it is extrapolated or diverges. */
  readonly lawError: number | null;
  readonly outside: { readonly loss: StepsOutside; readonly lambdaMin: StepsOutside };
  readonly diverged: readonly { readonly width: number; readonly seed: number }[];
}
