import * as v from 'valibot';

/** A number a step, from the initialization on; null where there was none, or none that is finite. */
type Series = readonly (number | null)[];

/** What one place of a network did in one run. */
export interface LayerRecord {
  /** The path of its module, or that and `logits`: what is made a softmax of in it. */
  readonly layer: string;
  /** The module's class. */
  readonly kind: string;
  /** Of what it makes. */
  readonly shape: readonly number[];
  /** Where logits are made a softmax of. */
  readonly line: readonly [file: string, line: number] | null;
  /** Mean |y|, mean |y − y₀|, y₀ that of step 0, and mean |∂loss/∂y|. */
  readonly size: Series;
  readonly update: Series;
  readonly gradient: Series;
  /** The same of its input x, where it is one weight W applied to one input; of logits |q||k| and |Δq||k| + |q||Δk|. */
  readonly input: Series;
  readonly inputUpdate: Series;
  /** Mean |ΔW x|. */
  readonly own: Series;
  /** Mean |W at step 0 applied to Δx|. */
  readonly carried: Series;
}

/** ‖W‖₂·√(fan-in/fan-out) of a matrix, and of its change since step 0. */
export interface MatrixRecord {
  readonly name: string;
  readonly norm: Series;
  readonly update: Series;
}

/** One run of a coordinate check: a width and a seed. */
export interface RunRecord {
  readonly event: 'run';
  readonly width: number;
  readonly seed: number;
  readonly losses: Series;
  /** The step whose loss is not finite. */
  readonly stoppedAt: number | null;
  readonly layers: readonly LayerRecord[];
  /** The place whose features the model returns. */
  readonly output: string | null;
  readonly weights: readonly MatrixRecord[];
  readonly isOptimized: boolean;
  /** Whether dropout was turned off. */
  readonly hadDropout: boolean;
  /** The types of parameters that were made single precision. */
  readonly cast?: readonly string[] | undefined;
  /** Types of fewer than four bytes that modules make, as under autocast. */
  readonly halves?: readonly string[] | undefined;
  readonly seconds: number;
}

const SERIES = v.array(v.nullable(v.number()));

export const RUN: v.GenericSchema<unknown, RunRecord> = v.object({
  event: v.literal('run'),
  width: v.number(),
  seed: v.number(),
  losses: SERIES,
  stoppedAt: v.nullable(v.number()),
  layers: v.array(
    v.object({
      layer: v.string(),
      kind: v.string(),
      shape: v.array(v.number()),
      line: v.nullable(v.tuple([v.string(), v.number()])),
      size: SERIES,
      update: SERIES,
      gradient: SERIES,
      input: SERIES,
      inputUpdate: SERIES,
      own: SERIES,
      carried: SERIES,
    }),
  ),
  output: v.nullable(v.string()),
  weights: v.array(v.object({ name: v.string(), norm: SERIES, update: SERIES })),
  isOptimized: v.boolean(),
  hadDropout: v.boolean(),
  cast: v.optional(v.array(v.string())),
  halves: v.optional(v.array(v.string())),
  seconds: v.number(),
});
