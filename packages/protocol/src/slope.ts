/** A fitted exponent of width with its 95 % interval; all null where it cannot be fitted, and then `reason` says why. */
export interface Slope {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason?: string;
}
