import {
  type CoordinateVerdict,
  FAILING_SLOPE,
  type JudgedPlace,
  judgePlace,
  PASSING_SLOPE,
  type PlaceQuestion,
  type PlaceRun,
  type Slope,
  slopeAt,
} from '@widthwise/core';
import { layerOfWeight } from '../layer-weight.ts';
import type { LayerRecord, RunRecord } from './run-record.ts';

/** What is known of a place beside its numbers. */
export interface Place {
  readonly layer: string;
  readonly kind: string;
  readonly line: LayerRecord['line'];
  /** What attention makes a softmax of. */
  readonly isLogits: boolean;
  /** Whether no axis of what it makes grows with the width, as of a readout. */
  readonly hasFixedSize: boolean;
  /** Whether the model returns it. */
  readonly isOutput: boolean;
  /** How many vectors it makes in a step. */
  readonly rows: number;
  /**
   * The first step whose gradient reaches it, and the first that reaches it or a place before it. What it does earlier is not
   * learned: behind a readout of zeros, weights decay and that is all.
   */
  readonly ledFrom: { readonly itself: number; readonly before: number };
  /** A record a run, in the order of the runs; undefined where a run has none. */
  readonly records: readonly (LayerRecord | undefined)[];
}

/** One place at one step: how its coordinates scale with width. */
export interface BuiltLayerCheck extends Pick<Place, 'layer' | 'kind'> {
  readonly step: number;
  readonly size: Slope;
  /** Null at step 0. */
  readonly update: Slope | null;
  /** Of the loss by its coordinates; null where no gradient comes. */
  readonly gradient: Slope | null;
  /** Slopes over the upper half of the widths, which are judged where the whole levels off. */
  readonly upper: JudgedPlace['upper'];
  readonly verdicts: JudgedPlace['verdicts'];
  readonly verdict: CoordinateVerdict;
  /** Why a slope of it that does not pass is left open all the same; null where none is. */
  readonly open: 'crowded' | 'between' | 'narrow' | 'outgrown' | 'chance' | null;
  /** Slopes with intervals that one of all slopes leaves by chance, where it is open for that. */
  readonly wide?: Pick<JudgedPlace, 'size' | 'update'>;
  /** What grows where it is `outgrown`: the slope of ‖ΔW‖₂·√(fan-in/fan-out). */
  readonly weight?: Slope;
}

/** So many dimensions a row: with fewer, what rows have in common is lost among them. */
export const FEWEST_DIMENSIONS = 4;

/** Below this width terms of order 1/n, beside those that theory keeps, have slopes that a verdict would take for theirs. */
export const NARROWEST = 32;

/** Whether a step sees more rows than a part of the narrowest network's width. */
export function isCrowded({ rows }: Place, [narrowest = 1]: readonly number[]): boolean {
  return rows > narrowest / FEWEST_DIMENSIONS;
}

/** The places that every run has, in the order in which the narrowest network comes to them. */
export function placesOf(runs: readonly RunRecord[]): readonly Place[] {
  const [first] = runs;
  if (first === undefined) return [];
  const named = runs.map(({ layers }) => new Map(layers.map((one) => [one.layer, one])));
  const widest = named[runs.indexOf(runs.reduce((one, other) => (other.width > one.width ? other : one)))];
  let before = Number.POSITIVE_INFINITY;
  return first.layers.map((own) => {
    const { layer, kind, shape, line } = own;
    const records = named.map((one) => one.get(layer));
    const itself = firstGradient(records);
    before = Math.min(before, itself ?? Number.POSITIVE_INFINITY);
    const other = widest?.get(layer)?.shape ?? shape;
    const isLogits = kind === 'logits';
    return {
      layer,
      kind,
      line,
      isLogits,
      hasFixedSize: isLogits || shape.every((size, axis) => size === other[axis]),
      isOutput: layer === first.output,
      rows: shape.slice(0, -1).reduce((product, size) => product * size, 1),
      ledFrom: { itself: itself ?? 0, before: itself === null ? 0 : before },
      records,
    };
  });
}

/** The first step at which some run has a gradient by what a place makes; null where no run knows one. */
function firstGradient(records: readonly (LayerRecord | undefined)[]): number | null {
  const each = records.flatMap((record) => (record === undefined ? [] : [record.gradient]));
  if (each.every((gradient) => gradient.length === 0)) return null;
  const steps = each.map((gradient) => {
    const at = gradient.findIndex((size) => size !== 0);
    return at < 0 ? gradient.length : at;
  });
  return Math.min(...steps);
}

/** What a check was asked for, as far as it was measured. */
export interface Measured {
  readonly runs: readonly RunRecord[];
  /** Ascending. */
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly steps: number;
}

/** Every place at every step. */
export function checkPlaces(places: readonly Place[], measured: Measured): readonly BuiltLayerCheck[] {
  const steps = Array.from({ length: measured.steps + 1 }, (_, step) => step);
  return steps.flatMap((step) => places.map((place) => checkPlace(place, step, measured)));
}

/** Sums of so many products in single precision. */
const SINGLE = 2 ** -23;

function checkPlace(place: Place, step: number, measured: Measured): BuiltLayerCheck {
  const { size, update, upper, verdicts, verdict } = judgePlace(...asked(place, step, measured));
  const { layer, kind } = place;
  const gradient = gradientOf(place, step, measured.runs);
  return { layer, kind, step, size, update, gradient, upper, verdicts, verdict, open: null };
}

/** What is asked of a place at a step. */
export function asked(
  place: Place,
  step: number,
  { runs, widths, seeds, steps }: Measured,
): readonly [runs: readonly PlaceRun[], question: PlaceQuestion] {
  const each = runs.map(({ width, stoppedAt }, index): PlaceRun => {
    const size = place.records[index]?.size[step] ?? null;
    const update = place.ledFrom.before >= step ? 0 : (place.records[index]?.update[step] ?? null);
    const floor = size === null ? null : 4 * Math.sqrt(width) * SINGLE * size;
    return { width, divergedAt: stoppedAt, size, update, floor };
  });
  const question = { step, steps, mayVanish: mayVanish(place, step, steps), widths: widths.length, seeds };
  return [each, { ...question, upperHalf: true }];
}

/**
 * The model's output may start as small as it likes, as under μP, and its first updates follow from that. Of what else has a
 * size of its own, as attention's logits, routers and gates, theory only says that it does not grow.
 */
function mayVanish(
  { hasFixedSize, isOutput }: Place,
  step: number,
  steps: number,
): PlaceQuestion['mayVanish'] {
  return { size: hasFixedSize, update: hasFixedSize && !(isOutput && step === steps) };
}

function gradientOf({ records }: Place, step: number, runs: readonly RunRecord[]): Slope | null {
  const points = runs.flatMap(({ width }, index) => {
    const value = records[index]?.gradient[step];
    return value == null ? [] : [{ width, value }];
  });
  return points.length === 0 ? null : slopeAt(asChecked(runs), step, points);
}

/** The slope of a number that each run has at a step. */
export function slopeOfRuns(
  runs: readonly RunRecord[],
  step: number,
  numberOf: (run: RunRecord, index: number) => number | null | undefined,
): Slope {
  const points = runs.flatMap((run, index) => {
    const value = numberOf(run, index);
    return value == null ? [] : [{ width: run.width, value }];
  });
  return slopeAt(asChecked(runs), step, points);
}

/**
 * The slope of ‖ΔW‖₂·√(fan-in/fan-out) of the weight of a place at a step; null where it was not measured, or is no
 * measure: a table is never multiplied by a whole vector.
 */
export function ownUpdate(
  { layer }: Pick<Place, 'layer'>,
  parameter: { readonly isLookup: boolean } | undefined,
  { runs, step }: { readonly runs: readonly RunRecord[]; readonly step: number },
): Slope | null {
  const numberOf = ({ weights }: RunRecord) =>
    weights.find(({ name }) => layerOfWeight(name) === layer)?.update[step];
  if (parameter === undefined || parameter.isLookup || !runs.some((run) => numberOf(run) != null))
    return null;
  return slopeOfRuns(runs, step, numberOf);
}

/** Whether a slope fails beyond doubt: upwards, or downwards. */
export function failsTowards({ value, low, high }: Slope, direction: number): boolean {
  if (value === null || low === null || high === null) return false;
  return direction * value > FAILING_SLOPE && Math.min(direction * low, direction * high) > PASSING_SLOPE;
}

/** Whether the interval reaches ½, or −½, from 0. */
export function reachesHalf({ value, low, high }: Slope): boolean {
  return (value ?? 0) > 0 ? (high ?? 0) >= 1 / 2 : (low ?? 0) <= -1 / 2;
}

function asChecked(runs: readonly RunRecord[]): readonly { width: number; divergedAt: number | null }[] {
  return runs.map(({ width, stoppedAt }) => ({ width, divergedAt: stoppedAt }));
}
