import type { BuiltCheck } from '../../built/coordinates/built-check.ts';
import type { Foretold, Unforetold } from '../../built/coordinates/foretold.ts';
import type { RunRecord } from '../../built/coordinates/run-record.ts';
import type { BuiltSuspect } from '../../built/coordinates/suspects.ts';
import type { FailureRecord } from '../../built/probe-record.ts';
import type { Probed } from '../../built/run-probe.ts';

/** A suspect beside its code. */
export interface SuspectInCode extends Omit<BuiltSuspect, 'line'> {
  /** The line that it follows from, its path as people are shown it; null where it is not known. */
  readonly line: { readonly file: string; readonly line: number; readonly text: string } | null;
  /** Its exponent and the right one, as a clause; null where they are not known. */
  readonly stands: string | null;
  /** What would mend it, in words without a full stop; empty where nothing is known of that. */
  readonly mending: string;
  /** The rule of the linter that says so, too. */
  readonly rule: string | null;
}

/** A place beside its code: where its module is made, and how its weight starts and is trained, in words. */
export interface PlaceInCode {
  readonly code: { readonly file: string; readonly line: number } | null;
  readonly init: string | null;
  readonly rate: string | null;
}

/** What `coord-check --python` was asked. */
export interface BuiltCheckRequest {
  readonly file: string;
  readonly factory: string;
  readonly widths: readonly number[];
  /** The width at which depths were compared, which `widths` then are; null where widths were. */
  readonly at: number | null;
  readonly seeds: number;
  readonly steps: number;
}

/** What `coord-check --python` found. */
export interface BuiltCheckReport {
  readonly request: BuiltCheckRequest;
  /** The name of the model's class. */
  readonly model: string;
  readonly source: { readonly file: string; readonly line: number } | null;
  readonly versions: Probed['versions'];
  readonly check: BuiltCheck;
  readonly suspects: readonly SuspectInCode[];
  /** What the calculus foretells of places by the exponents of their code, and where something else was measured. */
  readonly foretold: readonly Foretold[];
  readonly unforetold: readonly Unforetold[];
  /** By the path of its module, for places that have a weight. */
  readonly places: ReadonlyMap<string, PlaceInCode>;
  readonly runs: readonly RunRecord[];
  /** Widths that could not be measured. */
  readonly failures: readonly FailureRecord[];
}
