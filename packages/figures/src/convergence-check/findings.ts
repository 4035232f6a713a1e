import type { ConvergenceReport, LayerScaling, QuantityName } from '@widthwise/core';

/** What a convergence check found, as far as tables show it: so it goes over the wire, too. */
export interface ConvergenceFindings
  extends Pick<
    ConvergenceReport,
    'verdict' | 'hypotheses' | 'bound' | 'independence' | 'features' | 'infiniteWidth'
  > {
  /** How each layer scales, layer 1 first; null of one width, and where nothing is judged. */
  readonly classes: {
    readonly movement: readonly LayerScaling[];
    readonly lambdaMin: readonly LayerScaling[];
  } | null;
}

/** The findings of a report. */
export function convergenceFindings(report: ConvergenceReport): ConvergenceFindings {
  const { verdict, hypotheses, bound, independence, features, infiniteWidth, overWidths } = report;
  const classes = overWidths?.classes ?? null;
  return { verdict, hypotheses, bound, independence, features, infiniteWidth, classes };
}

/** What a convergence check trains. */
export interface ConvergenceSetting {
  readonly parametrization: string;
  /** Ascending. */
  readonly widths: readonly number[];
  /** Hidden layers. */
  readonly depth: number;
  readonly steps: number;
  /** Infinite-width λ_min of xˡ at initialization, layer 1 first; null where there is none. */
  readonly limits: readonly (number | null)[];
}

/** What was measured in one run so far. */
export interface MeasuredConvergence {
  readonly width: number;
  readonly columns: readonly {
    readonly quantity: QuantityName;
    readonly layer: number | null;
    readonly steps: readonly number[];
    readonly values: readonly number[];
  }[];
}
