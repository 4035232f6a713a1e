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
  /** What would mend it, each one sentence. */
  readonly fixes: readonly string[];
  /** The weights concerned, by the names PyTorch gives their parameters. */
  readonly weights: readonly string[];
  readonly related: readonly RelatedPlace[];
}
