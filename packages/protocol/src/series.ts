/** A measured quantity; core's name for it. */
export type QuantityName =
  | 'loss'
  | 'movement'
  | 'lambdaMin'
  | 'effectiveRank'
  | 'stableRank'
  | 'outputChange'
  | 'coordinateSize'
  | 'coordinateUpdate'
  | 'spectralNorm'
  | 'spectralUpdate'
  | 'alignment'
  | 'lambdaMinPre'
  | 'errorNorm'
  | 'gradientNorm'
  | 'errorBound'
  | 'tangentErrorBound';

/**
 * Points of one (quantity, layer) of one run, sparse: each quantity has its own steps. Columns of equal length, finite
 * numbers only: what is not finite is left out, and divergence is a state of the run.
 */
export interface Series {
  readonly quantity: QuantityName;
  /** Counted from 1, the readout last; null for what belongs to the whole network. */
  readonly layer: number | null;
  /** Ascending. Step t is the network after t updates. */
  readonly steps: readonly number[];
  readonly values: readonly number[];
}
