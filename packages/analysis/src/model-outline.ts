import type { Classification, InitExponent, OptimizerName } from '@widthwise/core';
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
