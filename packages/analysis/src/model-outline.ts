import type { Classification, InitExponent, OptimizerName } from '@widthwise/core';
import type { Finding, RuleLevel } from './finding.ts';
import type { MissingOfModel, MissingOfWeight } from './missing.ts';
import type { Span } from './syntax/span.ts';

/** Which of a weight's dimensions grow with width: as core's `LayerRole`, and `finite` where none does. */
export type WeightRole = 'input' | 'hidden' | 'output' | 'finite';

/** One row of the weight table: how a weight scales with width, in the abc form. Null is unknown. */
export interface WeightRow {
  /** As PyTorch names the parameter, such as `fc2.weight`; `layers.*.weight` stands for all that one line makes. */
  readonly name: string;
  readonly role: WeightRole | null;
  /** Fan-out × fan-in, in the words of the code: `width × 784`. */
  readonly shape: string;
  readonly a: number | null;
  readonly b: InitExponent | null;
  readonly c: number | null;
  readonly optimizer: OptimizerName | null;
  /** Where the attribute is assigned, the layer constructed, the weight initialized. */
  readonly spans: {
    readonly attribute: Span | null;
    readonly constructor: Span;
    readonly init: readonly Span[];
  };
  /** The exponents that make this weight μP's, in the row's own form (its a); null where role or optimizer is unknown. */
  readonly wants: WantedExponents | null;
  /** Why something about this row is unknown. */
  readonly missing: readonly MissingOfWeight[];
}

/** μP's exponents for one weight. A readout may start smaller than `b`, down to zero. */
export interface WantedExponents {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** What was understood of one model class of the file. */
export interface ModelOutline {
  readonly name: string;
  /** The class's name in its definition. */
  readonly span: Span;
  readonly weights: readonly WeightRow[];
  /** How many weights the table has read, out of all that were seen: role, multiplier and init are known. */
  readonly read: number;
  readonly total: number;
  /** The names in the code that were taken for widths. */
  readonly widths: readonly string[];
  /** The names that sizes of layers have, the likeliest width first; empty where a width is known. */
  readonly candidates: readonly string[];
  /** `classify` of the whole model, or null where it is not fully understood. */
  readonly verdict: Classification | null;
  /** What is missing for a verdict. */
  readonly missing: readonly MissingOfModel[];
  /** What was taken for granted, each one sentence. */
  readonly assumptions: readonly string[];
  /** How the lens begins: `SP, Adam at one rate`, or null without a verdict. */
  readonly headline: string | null;
}

/** A project that has shown no sign of μP is advised, not warned. */
export type Profile = 'advisory' | 'mup';

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
  readonly rules: Readonly<Record<string, RuleLevel>>;
}

/** Everything one text gives. */
export interface Analysis {
  readonly profile: Profile;
  /** Whether the text does not parse, as while somebody types. */
  readonly broken: boolean;
  /** Whether the text takes more steps to read than any model needs, so that none of its models is known. */
  readonly exhausted: boolean;
  /** What an editor underlines and `lint` prints, in the order of the text. */
  readonly findings: readonly Finding[];
  /** What only a lens shows: the verdict rules and `no-width-declared`. */
  readonly notes: readonly Finding[];
  /** The model classes, in the order of the text. */
  readonly models: readonly ModelOutline[];
}
