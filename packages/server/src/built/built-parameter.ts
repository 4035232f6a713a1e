import type { InitExponent } from '@widthwise/core';
import { type FittedPower, fitPower, type Measured, speedOf } from './fit-power.ts';
import type { GroupRecord, ParameterRecord, WidthRecord } from './probe-record.ts';

/** Which of a parameter's dimensions grow with the width, as in the analyser's table. */
export type BuiltRole = 'input' | 'hidden' | 'output' | 'finite';

/** A parameter of a built model, and how what is known of it goes with the width. */
export interface BuiltParameter {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Its sizes at the narrowest width. */
  readonly shape: readonly number[];
  /** How fast each of its axes grows; null where the widths do not show that. */
  readonly speeds: readonly (number | null)[];
  readonly role: BuiltRole | null;
  /** Places in the list of groups: of a trained parameter none or several is a mistake. */
  readonly groups: readonly number[];
  readonly isTrained: boolean;
  readonly isLookup: boolean;
  readonly isFused: boolean;
  /** Whether a step makes all directions of a gradient equally large. */
  readonly isOrthogonalized: boolean;
  /** Whether a step is as large whatever the size of the gradient. */
  readonly isScaleFree: boolean;
  /** Whether all entries start alike at every width. */
  readonly isConstant: boolean;
  /** Why it has no values that could be trained, at some width; null where it has. */
  readonly lost: string | null;
  /** How fast what it sums over grows; null where the widths do not show that. */
  readonly into: number | null;
  /** size ∝ n^-b, rate ∝ n^-c. */
  readonly b: FittedPower;
  readonly c: FittedPower;
  /** The coefficient of weight decay ∝ n^decay, and the part of the weight that a step takes away. */
  readonly decay: FittedPower;
  readonly decayed: FittedPower;
  /** ‖ΔW‖₂ / √(fan_out / fan_in) ∝ n^update. */
  readonly update: FittedPower;
  /** The same as numbers, a width each; null where it was not measured. */
  readonly updates: readonly (number | null)[];
  readonly decays: readonly (number | null)[];
  /** Whether its decay is not in proportion to it, as where an adaptive step divides it by its size. */
  readonly decaysThroughStep: boolean;
  /** Where its module was made, its start written and its group made. */
  readonly lines: ParameterRecord['lines'];
}

/** How far an update on random directions may be off: the spread of their norms, and of a step in half precision. */
const UPDATE_ERROR = 0.01;

/** A parameter from its records, the narrowest width first, and the places of its groups. */
export function builtParameter(
  each: readonly ParameterRecord[],
  groups: readonly number[],
  records: readonly WidthRecord[],
): BuiltParameter {
  const [first] = each as readonly [ParameterRecord];
  const widths = records.map(({ width }) => width);
  const speeds = first.shape.map((_, axis) =>
    speedOf(
      each.map(({ shape }) => shape[axis] ?? 0),
      widths,
    ),
  );
  const settings = each.map(({ groups: places }, at) =>
    places.length === 1 ? records[at]?.groups[places[0]!] : undefined,
  );
  const isUnclear = isOpen(first, speeds);
  const updates = each.map(({ step }) => (isUnclear ? null : (step?.update ?? null)));
  const inProportion = each.every(({ step }) => step?.decaysInProportion !== false);
  const decays = each.map(({ step }) => (inProportion ? atLeastZero(step?.decayed ?? null) : null));
  const measured = (values: readonly (number | null)[]): FittedPower =>
    fitPower(
      widths,
      values.map((value) => ({ value, error: UPDATE_ERROR })),
    );
  return {
    name: first.name,
    aliases: first.aliases,
    shape: first.shape,
    speeds,
    role: roleOf(first, speeds),
    groups,
    isTrained: each.every(({ isTrained }) => isTrained),
    isLookup: first.isLookup,
    isFused: first.isFused,
    isOrthogonalized: first.step?.isOrthogonal ?? false,
    isScaleFree: first.step?.isScaleFree ?? false,
    isConstant: each.every(({ start }) => !('why' in start) && start.isConstant),
    lost: each.flatMap(({ start }) => ('why' in start && start.isLost ? [`it ${start.why}`] : []))[0] ?? null,
    into: isUnclear ? null : speedInto(first, speeds),
    b: negated(startOf(each, widths)),
    c: negated(rateOf(settings, groups, widths)),
    decay: saidOf(
      settings.map((one) => one?.weightDecay ?? null),
      groups,
      widths,
    ),
    decayed: measured(decays),
    update: isUnclear ? OPEN_UPDATE : withReason(updateOf(each, widths), stepReason(each, records)),
    updates,
    decays,
    decaysThroughStep: !inProportion,
    lines: first.lines,
  };
}

const OPEN_UPDATE: FittedPower = {
  exponent: null,
  slope: null,
  why: 'its module is no layer of torch, so which of its axes is summed over is not known',
};

/** Slopes further apart than this are two powers. */
const SAME_SLOPE = 0.12;

/**
 * How a step goes with the width: the same for a gradient of rank one and one of full rank. An optimizer that gives the
 * whole update one Frobenius norm moves the one direction of the first √n times as far, and no real gradient has just one.
 */
function updateOf(each: readonly ParameterRecord[], widths: readonly number[]): FittedPower {
  const [one, full] = (['update', 'updateOfFullRank'] as const).map((which) =>
    fitPower(
      widths,
      each.map(({ step }) => ({ value: step?.[which] ?? null, error: UPDATE_ERROR })),
    ),
  ) as [FittedPower, FittedPower];
  const [slope, other] = [one.slope?.value ?? null, full.slope?.value ?? null];
  if (one.exponent === null || slope === null || other === null) return one;
  if (Math.abs(slope - other) <= SAME_SLOPE) return one;
  // One digit, so that weights that go alike are said in one line.
  const told = [slope, other].map((value) => String(Math.round(10 * value) / 10 + 0));
  const why = `it goes like n^${told[0]} for a gradient of rank one, and like n^${told[1]} for one of full rank`;
  return { exponent: null, slope: null, why };
}

/** Rounding leaves a little of either sign where nothing decays. */
function atLeastZero(part: number | null): number | null {
  return part === null ? null : part < 1e-9 ? 0 : part;
}

/** The role that the growth of its axes proves; null where one may or may not grow. */
function roleOf(record: ParameterRecord, speeds: BuiltParameter['speeds']): BuiltRole | null {
  const { into, stacked } = record;
  if (isOpen(record, speeds) || speeds.includes(null) || stacked.some((axis) => speeds[axis] !== 0))
    return null;
  const grows = (axes: readonly number[]): boolean => axes.some((axis) => speeds[axis] !== 0);
  const out = speeds.map((_, axis) => axis).filter((axis) => !into.includes(axis) && !stacked.includes(axis));
  if (grows(into)) return grows(out) ? 'hidden' : 'output';
  return grows(out) ? 'input' : 'finite';
}

function speedInto({ into }: ParameterRecord, speeds: BuiltParameter['speeds']): number | null {
  return into.reduce<number | null>(
    (sum, axis) => (sum === null || speeds[axis] == null ? null : sum + speeds[axis]),
    0,
  );
}

/** Whether it may sum over what grows, or make it: a matrix of a module that says neither, of which one side grows. */
function isOpen({ isOriented, shape }: ParameterRecord, speeds: BuiltParameter['speeds']): boolean {
  const matrix = speeds.slice(-2);
  return !isOriented && shape.length > 1 && speeds.some((speed) => speed !== 0) && matrix[0] !== matrix[1];
}

function startOf(each: readonly ParameterRecord[], widths: readonly number[]): FittedPower {
  const starts = each.map(({ start }): Measured | string =>
    'why' in start ? start.why : { value: start.size, error: start.error },
  );
  const why = starts.find((start) => typeof start === 'string');
  if (why !== undefined) return { exponent: null, slope: null, why: `it ${why}` };
  return fitPower(
    widths,
    starts.filter((start) => typeof start !== 'string'),
  );
}

/** A setting that differs between widths without a name that steps read is multiplied in elsewhere, or is not. */
const RATE_NAMES = /lr|rate|scale|mult/i;

const ROUNDED = 1e-9;

/** Whether lr has the factor already: it is the same multiple of it at every width, so that a loop that sets lr anew keeps the power. */
function isMultipliedIn(name: string, settings: readonly (GroupRecord | undefined)[]): boolean {
  const ratios = settings.map((one) => (one?.learningRate ?? Number.NaN) / (one?.others[name] ?? Number.NaN));
  const [first = Number.NaN] = ratios;
  return first > 0 && ratios.every((ratio) => Math.abs(ratio / first - 1) < ROUNDED);
}

function rateOf(
  settings: readonly (GroupRecord | undefined)[],
  groups: readonly number[],
  widths: readonly number[],
): FittedPower {
  const [first] = settings;
  const other = Object.keys(first?.others ?? {}).find(
    (name) => RATE_NAMES.test(name) && settings.some((one) => one?.others[name] !== first?.others[name]),
  );
  if (other !== undefined && !isMultipliedIn(other, settings)) {
    const isScaled = settings.some((one) => one?.learningRate !== first?.learningRate);
    const why = isScaled
      ? `its group has ${other}, which goes with the width otherwise than its lr: which of them a step takes is not known`
      : `its group has ${other}, which goes with the width too: multiply it into lr if the training loop does`;
    return { exponent: null, slope: null, why };
  }
  return saidOf(
    settings.map((one) => one?.learningRate ?? null),
    groups,
    widths,
    Math.max(0, ...settings.map((one) => one?.rateError ?? 0)),
  );
}

/** A number that groups say. */
function saidOf(
  values: readonly (number | null)[],
  groups: readonly number[],
  widths: readonly number[],
  error = 0,
): FittedPower {
  if (groups.length !== 1) {
    return {
      exponent: null,
      slope: null,
      why: groups.length === 0 ? 'it is in no group' : 'it is in several groups',
    };
  }
  if (values.includes(null)) return { exponent: null, slope: null, why: 'its group does not say' };
  return fitPower(
    widths,
    values.map((value) => ({ value, error })),
  );
}

function stepReason(each: readonly ParameterRecord[], records: readonly WidthRecord[]): string | null {
  const own = each.map(({ step }) => step?.updateWhy).find((why) => why !== undefined);
  return own ?? records.map(({ stepWhy }) => stepWhy).find((why) => why !== null) ?? null;
}

function withReason(power: FittedPower, why: string | null): FittedPower {
  return power.why === null || why === null ? power : { ...power, why };
}

/** n^-e for n^e. */
function negated({ exponent, slope, why }: FittedPower): FittedPower {
  const flipped = (value: number | null): number | null => (value === null ? null : -value + 0);
  return {
    exponent: typeof exponent === 'number' ? negative(exponent) : exponent,
    slope:
      slope === null
        ? null
        : { value: flipped(slope.value), low: flipped(slope.high), high: flipped(slope.low) },
    why,
  };
}

function negative(exponent: number): InitExponent {
  return -exponent + 0;
}
