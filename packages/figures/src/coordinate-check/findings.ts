import type { QuantityName, Slope } from '@widthwise/core';

/** What a coordinate check found, as far as tables and figures show it: its report is one, and so is what goes over the wire. */
export interface CoordinateFindings {
  readonly verdict: 'pass' | 'warn' | 'fail' | 'undecided' | null;
  readonly layers: readonly {
    readonly layer: number;
    readonly step: number;
    readonly size: Slope;
    readonly update: Slope | null;
    readonly predictedUpdate: number | null;
    readonly spectralNorm: Slope | null;
    readonly spectralUpdate: Slope | null;
    readonly alignment: Slope | null;
    readonly verdict: CoordinateFindings['verdict'];
  }[];
}

/** What a coordinate check measures. */
export interface CoordinateSetting {
  readonly parametrization: string;
  /** Ascending. */
  readonly widths: readonly number[];
  /** Hidden layers; the readout comes after them. */
  readonly depth: number;
}

/** What was measured in one run. */
export interface MeasuredCoordinates {
  readonly width: number;
  readonly columns: readonly {
    readonly quantity: QuantityName;
    readonly layer: number | null;
    readonly steps: readonly number[];
    readonly values: readonly number[];
  }[];
}
