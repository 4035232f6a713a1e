import type { InitExponent } from '@widthwise/core';
import type { RuleLevel } from './finding.ts';
import type { HeadScaling } from './outline/widths/declarations.ts';

/** A project that has shown no sign of μP is advised, not warned. */
export type Profile = 'advisory' | 'mup';

/** What was measured of a parameter where the model was built, for what the code does not show. */
export interface BuiltExponents {
  /** As the framework names it. */
  readonly name: string;
  /** size ∝ n^-b; null where that was not measured. */
  readonly b: InitExponent | null;
  /** Whether all its entries start alike. */
  readonly isConstant: boolean;
  /** The c at which Adam's steps are as large as its own; null where those depend on the size of the gradient. */
  readonly adamRate: number | null;
}

/** How to read a file: the part of the configuration that analysis needs. */
export interface AnalysisOptions {
  readonly profile: Profile | 'auto';
  /** Whether the project configures Widthwise, which counts as a sign of μP. */
  readonly configured: boolean;
  /** Names that are widths: `n_embd`, `GPTConfig.n_embd`. */
  readonly widths: readonly string[];
  /** Names that do not scale, whatever the structure suggests. */
  readonly finite: readonly string[];
  /** Names that mean width ÷ base width. */
  readonly multipliers: readonly string[];
  /** What of attention grows, where the code leaves it open and its author says it. */
  readonly headScaling?: HeadScaling;
  /** The width at which the numbers of the code were chosen, where its author says it. */
  readonly baseWidth?: number;
  readonly rules: Readonly<Record<string, RuleLevel>>;
  /** Whether this very text is asked for: that it cannot be parsed is then told even if it names no package of models. */
  readonly isNamed?: boolean;
  /** Whether what an earlier text had is shown where this one does not parse: of such a text no more is told then, and none of it is run. */
  readonly hasEarlier?: boolean;
  /** Whether the text is one that edits would make: what is kept of those that somebody typed stays. */
  readonly isTried?: boolean;
  /** What the code does not show of the models, measured. */
  readonly built?: readonly BuiltExponents[];
}

/** What analysis does where nothing is configured. */
export const DEFAULT_OPTIONS: AnalysisOptions = {
  profile: 'auto',
  configured: false,
  widths: [],
  finite: [],
  multipliers: [],
  rules: {},
};
