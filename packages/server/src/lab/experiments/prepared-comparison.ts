import type { ComparisonRequest, PlanCost, PlannedRun } from '@widthwise/core';

/** A comparison that can start: everything checked, nothing trained. */
export interface PreparedComparison {
  /** What its files are called after, `digits`. */
  readonly name: string;
  /** The data in words, `digits, 64 samples`. */
  readonly dataTitle: string;
  /** How a data file was read, in words; null where nothing was guessed. */
  readonly dataReading: string | null;
  readonly request: ComparisonRequest;
  readonly plan: readonly PlannedRun[];
  /** What each parametrization is shown as, by its name: `mup` is `μP`. */
  readonly labels: Readonly<Record<string, string>>;
  /** λ_min of the infinite-width kernel of the probe, one a layer, by name of the parametrization. */
  readonly limits: Readonly<Record<string, readonly (number | null)[]>>;
  readonly cost: PlanCost;
}
