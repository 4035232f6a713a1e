import * as v from 'valibot';
import { RUN, type RunRecord } from './coordinates/run-record.ts';
import { RATE, type RateRecord } from './rates/rate-record.ts';

/** How large a parameter starts, or why that is not known. */
export type StartRecord =
  | {
      readonly why: string;
      /** Whether it has no values that could be trained. */
      readonly isLost: boolean;
    }
  | {
      /** Root mean square of the entries. */
      readonly size: number;
      readonly mean: number;
      readonly isConstant: boolean;
      /** The relative standard error of the size, from the entries' fourth moment. */
      readonly error: number;
    };

/** What one step does to a parameter. */
export interface StepRecord {
  /** ‖ΔW‖₂ / √(fan_out / fan_in) on a gradient of rank one, without decay. */
  readonly update: number | null;
  readonly updateWhy?: string | undefined;
  /** The same on a gradient that has all other directions as well, each much smaller. */
  readonly updateOfFullRank: number | null;
  /** Whether a step makes all directions alike, and whether it is as large whatever the gradient's size: at the first width. */
  readonly isOrthogonal?: boolean | undefined;
  readonly isScaleFree?: boolean | undefined;
  /** The part of the weight that a gradient of 0 takes away. */
  readonly decayed: number | null;
  /** False where decay goes through an adaptive step. */
  readonly decaysInProportion?: boolean | undefined;
}

/** A line of the user's code; null where it is not known. */
export type CodeLine = readonly [file: string, line: number] | null;

/** A parameter at one width. */
export interface ParameterRecord {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isLookup: boolean;
  /** Whether its module says which of its axes is summed over. */
  readonly isOriented: boolean;
  readonly isTrained: boolean;
  /** Whether it holds query, key and value of `nn.MultiheadAttention`. */
  readonly isFused: boolean;
  /** The axes that are summed over. */
  readonly into: readonly number[];
  /** The axes along which matrices are stacked, as of experts. */
  readonly stacked: readonly number[];
  readonly start: StartRecord;
  /** Places in the list of all groups. */
  readonly groups: readonly number[];
  readonly step: StepRecord | null;
  /** Where its module was made, its start written last, and its group made. */
  readonly lines: { readonly made: CodeLine; readonly start: CodeLine; readonly group: CodeLine };
}

/** A group of an optimizer at one width. */
export interface GroupRecord {
  readonly optimizer: string;
  readonly learningRate: number | null;
  /** How far the rate may be off, in parts of itself, where it was measured. */
  readonly rateError?: number | undefined;
  readonly weightDecay: number | null;
  readonly betas: readonly (number | null)[] | null;
  readonly epsilon: number | null;
  readonly momentum: number | null;
  /** What else it says in numbers. */
  readonly others: Readonly<Record<string, number | null>>;
}

/** What was built at one width. */
export interface WidthRecord {
  readonly event: 'width';
  readonly width: number;
  readonly model: string;
  /** The file and line of the model's class. */
  readonly source: CodeLine;
  readonly parameters: readonly ParameterRecord[];
  readonly groups: readonly GroupRecord[];
  /** How many parameters of the optimizers are not the model's. */
  readonly strangers: number;
  /** After how many steps of a schedule the rates were read. */
  readonly warmedUp: number;
  /** Why no step was measured. */
  readonly stepWhy: string | null;
  readonly seconds: number;
}

/** What was not built, and why. */
export interface FailureRecord {
  readonly event: 'failed';
  /** `run`: of a coordinate check; `rate`: of a search for the best rate. */
  readonly stage: 'python' | 'torch' | 'import' | 'width' | 'run' | 'rate' | 'memory';
  readonly why: string;
  readonly width?: number | undefined;
  readonly line?: CodeLine | undefined;
  /** The widths next to it that run. */
  readonly near?: readonly number[] | undefined;
}

/** What a script that is run by itself was asked. */
export interface AskedRecord {
  readonly event: 'asked';
  readonly file: string;
  readonly factory: string;
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly steps: number;
}

/** A factory for a class, as text. */
export interface WrittenRecord {
  readonly event: 'written';
  /** Null where nothing of the class could be its width. */
  readonly text: string | null;
  /** Why it does not run as it stands; null where it was built and trained for a step. */
  readonly why: string | null;
  readonly line: CodeLine;
}

/** What runs the factory, and what its models are made with. */
export interface ReadyRecord {
  readonly event: 'ready';
  readonly python: string;
  /** Null where the factory is of other libraries. */
  readonly torch: string | null;
  /** All of them, each with its version. */
  readonly libraries?: string | undefined;
  readonly seconds: number;
}

/** One line of the probe. */
export type ProbeRecord =
  | AskedRecord
  | ReadyRecord
  | WidthRecord
  | RunRecord
  | RateRecord
  | { readonly event: 'waiting' }
  | WrittenRecord
  | FailureRecord
  | { readonly event: 'done'; readonly seconds: number };

const MEASURED = v.nullable(v.number());
const LINE = v.nullable(v.tuple([v.string(), v.number()]));

const PARAMETER = v.object({
  name: v.string(),
  aliases: v.array(v.string()),
  shape: v.array(v.number()),
  dtype: v.string(),
  isLookup: v.boolean(),
  isOriented: v.boolean(),
  isTrained: v.boolean(),
  isFused: v.boolean(),
  into: v.array(v.number()),
  stacked: v.array(v.number()),
  start: v.union([
    v.object({ why: v.string(), isLost: v.boolean() }),
    v.object({ size: v.number(), mean: v.number(), isConstant: v.boolean(), error: v.number() }),
  ]),
  groups: v.array(v.number()),
  lines: v.object({ made: LINE, start: LINE, group: LINE }),
  step: v.nullable(
    v.object({
      update: MEASURED,
      updateWhy: v.optional(v.string()),
      updateOfFullRank: MEASURED,
      isOrthogonal: v.optional(v.boolean()),
      isScaleFree: v.optional(v.boolean()),
      decayed: MEASURED,
      decaysInProportion: v.optional(v.boolean()),
    }),
  ),
});

const GROUP = v.object({
  optimizer: v.string(),
  learningRate: MEASURED,
  rateError: v.optional(v.number()),
  weightDecay: MEASURED,
  betas: v.nullable(v.array(MEASURED)),
  epsilon: MEASURED,
  momentum: MEASURED,
  others: v.record(v.string(), MEASURED),
});

const OTHER = v.variant('event', [
  v.object({
    event: v.literal('asked'),
    file: v.string(),
    factory: v.string(),
    widths: v.array(v.number()),
    seeds: v.number(),
    steps: v.number(),
  }),
  v.object({
    event: v.literal('ready'),
    python: v.string(),
    torch: v.nullable(v.string()),
    libraries: v.optional(v.string()),
    seconds: v.number(),
  }),
  v.object({
    event: v.literal('width'),
    width: v.number(),
    model: v.string(),
    source: LINE,
    parameters: v.array(PARAMETER),
    groups: v.array(GROUP),
    strangers: v.number(),
    warmedUp: v.number(),
    stepWhy: v.nullable(v.string()),
    seconds: v.number(),
  }),
  v.object({
    event: v.literal('failed'),
    stage: v.picklist(['python', 'torch', 'import', 'width', 'run', 'rate', 'memory']),
    why: v.string(),
    width: v.optional(v.number()),
    line: v.optional(LINE),
    near: v.optional(v.array(v.number())),
  }),
  v.object({
    event: v.literal('written'),
    text: v.nullable(v.string()),
    why: v.nullable(v.string()),
    line: LINE,
  }),
  v.object({ event: v.literal('waiting') }),
  v.object({ event: v.literal('done'), seconds: v.number() }),
]);

const RECORD: v.GenericSchema<unknown, ProbeRecord> = v.union([RUN, RATE, OTHER]);

/** One line of the probe; null for one that is not the probe's. */
export function readRecord(line: string): ProbeRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const result = v.safeParse(RECORD, value);
  return result.success ? result.output : null;
}
