import type { ConvergenceReport, LayerScaling, QuantityName, Slope } from '@widthwise/core';
import { wholeMean } from '../seed-mean.ts';

/** What a convergence check found, as far as tables show it: so it goes over the wire, too. */
export interface ConvergenceFindings
  extends Pick<
    ConvergenceReport,
    'verdict' | 'hypotheses' | 'bound' | 'independence' | 'features' | 'infiniteWidth'
  > {
  /** λ_min of features at the start and at the end together, layer 1 first: at the widest, and its slope against width. */
  readonly joint: readonly { readonly value: number | null; readonly slope: Slope }[];
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
  const joint = jointOf(report);
  return { verdict, hypotheses, bound, independence, joint, features, infiniteWidth, classes };
}

function jointOf({ rows, slopes }: ConvergenceReport): ConvergenceFindings['joint'] {
  const finished = rows.filter(({ state }) => state === 'finished');
  const widest = Math.max(...finished.map(({ width }) => width));
  const own = finished.filter(({ width }) => width === widest);
  return slopes.lambdaMinJoint.map((slope, index) => ({
    value: wholeMean(own.map(({ layers }) => layers[index]?.lambdaMinJoint ?? null)),
    slope,
  }));
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
  /** Null before every run has ended. */
  readonly infiniteWidth: ConvergenceReport['infiniteWidth'];
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
