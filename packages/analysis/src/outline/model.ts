import type { WidthSymbol } from '../growth/symbol.ts';
import type { ModelOutline, Verdict } from '../model-outline.ts';
import type { BaseShapesGiven } from '../observe/observed-model.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import type { Judgement } from './judgement.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** A model as the rules see it: its weights with their bounds, and the outline that people see. */
export interface Model {
  readonly weights: readonly Weight[];
  readonly widths: Widths;
  readonly judgement: Judgement | null;
  readonly pass: ForwardPass;
  readonly verdict: Verdict | null;
  /** Whether its parameters know what of them grows, for optimizers that ask. */
  readonly hasBaseShapes: boolean;
  /** The calls that give it base shapes. */
  readonly baseShapes: readonly BaseShapesGiven[];
  /** Names for how many layers it has one after the other. */
  readonly depths: ReadonlySet<WidthSymbol>;
  readonly outline: ModelOutline;
  /** The model as it is where some name is its width, for each that may be, by what scales the same; empty where one is. */
  readonly readings: readonly (readonly Model[])[];
  /** The row of the table that shows a weight. */
  rowName(weight: Weight): string;
}
