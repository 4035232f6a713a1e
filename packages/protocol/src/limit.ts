import type { Slope } from './slope.ts';

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
  /** a of q = a + c/n over the widths; null with fewer than three. */
  readonly extrapolated: LimitEstimate | null;
  readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
}

/** A quantity at one step as the width grows without end. */
export interface InfinitePoint extends Omit<LimitPoint, 'byWidth'> {
  /** How far off `limit` may be; 0 where it is exact, null where there is none. */
  readonly limitError: number | null;
}

/** What runs of one parametrization come to as their width grows without end. */
export interface InfiniteWidth {
  readonly method: 'exact' | 'particles' | 'extrapolated';
  /** The largest error of outputs and kernels; 0 where they are exact, null where they are extrapolated or diverge. */
  readonly error: number | null;
  /** The first step that the equations have nothing of, for they diverge; null where they do not. */
  readonly divergesAt: number | null;
  readonly loss: readonly InfinitePoint[];
  /** Layer 1 first. */
  readonly lambdaMin: readonly (readonly InfinitePoint[])[];
  /** Of the Grams of single networks from the limit's, layer 1 first; null where it is extrapolated. */
  readonly distance:
    | readonly {
        readonly slope: Slope;
        readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
      }[]
    | null;
}

/** h of the last hidden layer after the last step, in 32 bands of its quantiles. */
export interface LimitMarginals {
  /** How far a network's law is from the limit's, by its spread. */
  readonly slope: Slope;
  readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
  readonly samples: readonly {
    readonly sample: number;
    readonly start: readonly number[];
    readonly limit: readonly number[];
    readonly byWidth: readonly { readonly width: number; readonly bands: readonly number[] }[];
  }[];
}

/** Steps whose limit lies outside the extrapolated interval, of how many that have both. */
export interface StepsOutside {
  readonly steps: readonly number[];
  readonly of: number;
}

/** Networks beside their infinite-width limit, over the runs ended so far. */
export interface LimitComparison {
  readonly complete: boolean;
  readonly method: 'exact' | 'particles' | 'extrapolated';
  /** How far off the limit's outputs may be, the largest; 0 where it is exact, null where it is extrapolated or diverges. */
  readonly limitError: number | null;
  /** The first step that the limit has nothing of, for it diverges at this η; null where it does not. */
  readonly limitDivergesAt: number | null;
  readonly loss: readonly LimitPoint[];
  readonly lambdaMin: readonly LimitPoint[];
  /** How a network's Gram comes near the limit's; null where the limit is extrapolated. */
  readonly distance: {
    readonly slope: Slope;
    readonly byWidth: readonly (LimitEstimate & { readonly width: number })[];
  } | null;
  /** How one unit of the last hidden layer is spread, beside the limit's neuron; null where the limit is extrapolated. */
  readonly marginals: LimitMarginals | null;
  /** What start and updates add to E[Ẑ_T²] of the readout in the limit; null where it is extrapolated. */
  readonly readout: { readonly start: number; readonly updates: readonly number[] } | null;
  readonly lawError: number | null;
  readonly outside: { readonly loss: StepsOutside; readonly lambdaMin: StepsOutside };
  readonly diverged: readonly { readonly width: number; readonly seed: number }[];
  /** What the networks come to, in words. */
  readonly sentence: string;
  /** How near they are, a sentence each. */
  readonly evidence: readonly string[];
}
