/** A line of code, its path as the command line shows it: from the folder in which it ran. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
}

/** One place of a built model, or places alike, as `coord-check --python --json` tells it under `table`. */
export interface ModelCheckRow {
  readonly layer: string;
  readonly kind: string;
  /** Where its module is made. */
  readonly code: CodePlace | null;
  /** How its weight starts and is trained: powers of the width n, `constant`, or null where that is not known. */
  readonly init: string | null;
  readonly rate: string | null;
  /** Slopes with intervals, and in brackets what theory foretells. */
  readonly start: string;
  /** The step at which it is worst, and of which size and update are. */
  readonly step: string;
  readonly size: string;
  readonly update: string;
  /** Of the change of its weight, ‖ΔW‖₂·√(fan-in/fan-out). */
  readonly weight: string;
  readonly verdict: { readonly mark: 'yes' | 'no' | 'open' | 'none'; readonly word: string };
  /** What would mend it; empty where it is not blamed, or nothing is known of that. */
  readonly mending: string;
  /** The line that is blamed. */
  readonly blamed: CodePlace | null;
}

/** Weights, or logits, with which a failure begins. */
export interface ModelCheckSuspect {
  /** What is wrong with them. */
  readonly sentence: string;
  readonly line: CodePlace | null;
  /** What would mend it, without a full stop; empty where nothing is known of that. */
  readonly mending: string;
}

/** What the editor shows of a model that was checked: a part of what `coord-check --python --json` writes. */
export interface ModelCheck {
  readonly model: string;
  readonly verdict: 'pass' | 'warn' | 'fail' | 'undecided';
  readonly sentence: string;
  readonly suspects: readonly ModelCheckSuspect[];
  readonly table: readonly ModelCheckRow[];
  /** What its numbers are. */
  readonly reading: string;
  readonly notes: readonly string[];
}

/** What a page of a checked model is given, and what it asks for. */
export type ModelCheckPageMessage =
  | { readonly kind: 'check'; readonly check: ModelCheck }
  | { readonly kind: 'cursor'; readonly at: CodePlace | null };

export type ModelCheckAsk = { readonly kind: 'ready' } | { readonly kind: 'go'; readonly to: CodePlace };
