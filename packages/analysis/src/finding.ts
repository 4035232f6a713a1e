import type { Span } from './syntax/span.ts';

/** The code of a rule, which has a page docs/rules/CODE.md. */
export type RuleCode = `MUP${number}`;

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** How loud a rule is: a severity, or not at all. */
export type RuleLevel = Severity | 'off';

/** A place that has to do with a finding and is not its cause. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
  /**
   * Where it is if that is another file of the workspace, or another cell, whose address is its path then; lines and columns
   * counted from 1. `span` stands for it.
   */
  readonly elsewhere?: { readonly path: string; readonly line: number; readonly column: number };
}

/**
 * What becomes of the numbers: the same at the base width and right beyond it; others at every width; or it depends on
 * something that only its author knows.
 */
export type FixSafety = 'identical-at-base' | 'changes-numbers' | 'needs-decision';

/** A stretch of the file, and what stands there instead; an empty stretch is a place to insert. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A setting that decides what the code leaves open. */
export interface SettingChoice {
  readonly name: 'head-scaling';
  readonly value: string;
  /** What it says, as the rest of a title. */
  readonly says: string;
}

/** What would mend a finding. */
export interface Fix {
  /** One sentence. */
  readonly text: string;
  readonly safety: FixSafety;
  /** Edits of this file that do it, in order and apart from each other; none where it can only be said. */
  readonly edits: readonly TextEdit[];
  /** Settings of a project of which one is to be chosen instead, with what each would say of the code. */
  readonly settings?: readonly SettingChoice[];
  /** Where there are no edits, why that is, if there might have been: one clause behind "No edit:". */
  readonly why?: string;
  /** A finding about the same weights that it makes way for, and that has a fix of its own. */
  readonly leaves?: RuleCode;
}

/** A place in another file of the workspace. */
export interface PlaceElsewhere {
  readonly path: string;
  readonly offset: number;
}

/** What one rule says about one place of model code: fact, consequence, assumption, way out. */
export interface Finding {
  readonly code: RuleCode;
  /** The rule's readable name, such as `constant-hidden-init`. */
  readonly name: string;
  readonly severity: Severity;
  /** Where the statement that causes it begins and ends. */
  readonly span: Span;
  /** The model that it concerns. */
  readonly model: string;
  /** The fact and its consequence, with the exponent. */
  readonly message: string;
  /** What was taken for granted, each one sentence. */
  readonly assumptions: readonly string[];
  /** What would mend it, the likeliest first. */
  readonly fixes: readonly Fix[];
  /** The weights concerned, by the names PyTorch gives their parameters. */
  readonly weights: readonly string[];
  readonly related: readonly RelatedPlace[];
  /**
   * Where the cause stands if that is another file of the workspace; `span` is then the call by which the file has it run, if
   * it does, and the model if not.
   */
  readonly elsewhere?: PlaceElsewhere & {
    /** Where files on the way from that call to the cause call each other's code; undefined where the file does not call it. */
    readonly calls?: readonly PlaceElsewhere[];
  };
}
