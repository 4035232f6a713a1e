import type { ComparisonLayer, ComparisonReport, Series } from '@widthwise/core';

/** A run of a comparison, ended or as far as it has come. */
export interface MeasuredRow {
  readonly parametrization: string;
  readonly width: number;
  readonly state: 'running' | 'finished' | 'diverged';
  /** Of what has ended. */
  readonly layers: readonly ComparisonLayer[];
  readonly series: readonly Series[];
}

/** What the figures of a comparison read of its report, or of what is known of one so far. */
export interface MeasuredComparison {
  readonly rows: readonly MeasuredRow[];
  readonly slopes: ComparisonReport['slopes'];
  /** Null before every run has ended. */
  readonly infiniteWidth: ComparisonReport['infiniteWidth'];
}
