import { type CoordinateVerdict, judgeBeyondChance, judgePlace, type Slope } from '@widthwise/core';
import type { BuiltModel } from '../built-model.ts';
import type { BuiltParameter } from '../built-parameter.ts';
import type { BuiltFinding } from '../built-problems.ts';
import { layerOfWeight } from '../layer-weight.ts';
import type { CodeLine } from '../probe-record.ts';
import { starred } from '../starred.ts';
import {
  type BuiltLayerCheck,
  failsTowards,
  isCrowded,
  type Measured,
  ownUpdate,
  type Place,
  reachesHalf,
  slopeOfRuns,
} from './layer-checks.ts';
import { type Cause, exponentOf, isSure, NEAR, type RightExponent } from './right-exponent.ts';
import type { LayerRecord } from './run-record.ts';
import { ofSharedReadout } from './shared-readout.ts';

/** What explains layers that do not pass: it begins here, and not with what the layer is given. */
export interface BuiltSuspect {
  readonly cause: Cause;
  /** The weights that one line makes alike, by their parameters' names; none of a scale. */
  readonly parameters: readonly string[];
  /** Where they are. */
  readonly layers: readonly string[];
  readonly step: number;
  /** How what the layer does to what it is given goes with the width: of the worst of them. 0 is right. */
  readonly gain: Slope;
  /** Whether that is so beyond the chance that one of all gains has. */
  readonly isBeyondChance: boolean;
  /** The exponent that stands and the one that is right, where both are known. */
  readonly exponent: RightExponent | null;
  /** The line of code that it follows from. */
  readonly line: CodeLine;
  /** What the built model shows to be wrong with them, beside the measurement. */
  readonly problems: readonly string[];
}

/** What suspects are found in. */
export interface SuspectSources extends Measured {
  readonly places: readonly Place[];
  readonly checks: readonly BuiltLayerCheck[];
  readonly model: BuiltModel | null;
  readonly findings: readonly BuiltFinding[];
}

/**
 * The weights and scales where what fails begins: with what a layer does to what it is given, not with what that is.
 *
 *     start     |W x| / |x| at initialization, and |W Δx| / |Δx| for the change that comes from before
 *     rate      |ΔW x| / |x|
 *     scale     |logits| / |q||k|, and the same of their changes
 */
export function findSuspects(sources: SuspectSources): readonly BuiltSuspect[] {
  const each = sources.places.flatMap((place) => suspectsOf(place, sources));
  const alike = new Map<string, BuiltSuspect>();
  for (const found of each) {
    const one = { ...found, exponent: found.exponent ?? exponentOfMates(found, each) };
    const { is, wants } = one.exponent ?? {};
    const direction = Math.sign(one.gain.value ?? 0);
    // A readout is mended otherwise than what one line of a method initializes beside it.
    const ofReadout = sources.places.some(
      ({ layer, hasFixedSize }) => one.layers[0] === layer && hasFixedSize,
    );
    const key = JSON.stringify([one.cause, one.line, is, wants, direction, ofReadout, one.problems]);
    const before = alike.get(key);
    alike.set(key, before === undefined ? one : joined(before, one));
  }
  return [...alike.values()];
}

/** What is known of another weight that the same loop makes and the same line sets. */
function exponentOfMates(one: BuiltSuspect, all: readonly BuiltSuspect[]): BuiltSuspect['exponent'] {
  const keyOf = ({ cause, parameters, line, gain }: BuiltSuspect): string =>
    JSON.stringify([cause, parameters.map(starred), line, Math.sign(gain.value ?? 0)]);
  if (one.parameters.length === 0) return null;
  return all.find((other) => other.exponent !== null && keyOf(other) === keyOf(one))?.exponent ?? null;
}

function joined(one: BuiltSuspect, other: BuiltSuspect): BuiltSuspect {
  const isWorse = Math.abs(other.gain.value ?? 0) > Math.abs(one.gain.value ?? 0);
  return {
    ...one,
    parameters: [...new Set([...one.parameters, ...other.parameters])],
    layers: [...one.layers, ...other.layers],
    gain: isWorse ? other.gain : one.gain,
    isBeyondChance: one.isBeyondChance || other.isBeyondChance,
  };
}

/** What a layer does to what it is given: |y| / |x| of some y and x. */
interface Gain {
  readonly cause: Cause;
  readonly of: keyof SeriesOf;
  readonly by: keyof SeriesOf;
  readonly step: number;
  readonly mayVanish: boolean;
}

type SeriesOf = Pick<LayerRecord, 'size' | 'update' | 'input' | 'inputUpdate' | 'own' | 'carried'>;

function suspectsOf(place: Place, sources: SuspectSources): readonly BuiltSuspect[] {
  const { hasFixedSize, isLogits } = place;
  const moved = firstMove(place, 'own', sources, place.ledFrom.itself + 1);
  const brought = firstMove(place, 'inputUpdate', sources);
  const gains: readonly Gain[] = [
    { cause: isLogits ? 'scale' : 'start', of: 'size', by: 'input', step: 0, mayVanish: hasFixedSize },
    // The first update is aligned best, and the last is the largest.
    ...(moved === null ? [] : [...new Set([moved, sources.steps])]).map(
      (step): Gain => ({ cause: 'rate', of: 'own', by: 'input', step, mayVanish: false }),
    ),
    ...(brought === null
      ? []
      : [
          {
            cause: isLogits ? 'scale' : 'start',
            of: 'carried',
            by: 'inputUpdate',
            step: brought,
            mayVanish: true,
          } as const,
        ]),
  ];
  const found = gains.flatMap((gain) => suspectOf(place, gain, sources));
  // What is too large from the first is too large for changes, too.
  const causes = found.filter((one, index) => found.findIndex(({ cause }) => cause === one.cause) === index);
  const isShared = hasFixedSize && (parameterOf(place, sources.model)?.aliases.length ?? 0) > 0;
  return isShared ? ofSharedReadout(causes) : causes;
}

/** Of every place that has an input a start, what is carried and two updates. */
function gainsAsked(places: readonly Place[]): number {
  return 4 * places.filter(({ records: [first] }) => first?.input.some((size) => size !== null)).length;
}

/** The first step at which every run has such a change. */
function firstMove({ records }: Place, what: keyof SeriesOf, { steps }: Measured, from = 1): number | null {
  for (let step = from; step <= steps; step++) {
    if (records.every((record) => (record?.[what][step] ?? 0) > 0)) return step;
  }
  return null;
}

function suspectOf(place: Place, gain: Gain, sources: SuspectSources): readonly BuiltSuspect[] {
  const { runs, widths, seeds, steps, checks } = sources;
  const { cause, of, by, step } = gain;
  const ratios = runs.map(({ width, stoppedAt }, index) => {
    const [value, base] = [of, by].map((key) => place.records[index]?.[key][step] ?? null);
    const size = value == null || base == null || base === 0 ? null : value / base;
    return { width, divergedAt: stoppedAt, size, update: null, floor: null };
  });
  if (ratios.some(({ size }) => size === null)) return [];
  const vanish = { size: gain.mayVanish, update: true };
  const asked = { step: 0, steps, mayVanish: vanish, widths: widths.length, seeds, upperHalf: true };
  const { size, verdict } = judgePlace(ratios, asked);
  if (verdict !== 'fail' || size.value === null || !explains(place, size.value, checks)) return [];
  const parameter = cause === 'scale' ? undefined : parameterOf(place, sources.model);
  const own = cause === 'rate' ? ownUpdate(place, parameter, { runs, step }) : null;
  // What a weight's input and its gradient have in common may grow with the width though its own change does not.
  if (own !== null && !(failsTowards(own, Math.sign(size.value)) && reachesHalf(own))) return [];
  if (cause === 'rate' && size.value < 0 && isDrowned(place, parameter, size.value, sources)) return [];
  return [
    {
      cause,
      parameters: parameter === undefined ? [] : [parameter.name],
      layers: [place.layer],
      step,
      gain: size,
      isBeyondChance: judgeBeyondChance(ratios, asked, gainsAsked(sources.places)).verdict === 'fail',
      exponent:
        parameter === undefined
          ? null
          : exponentOf(parameter, cause, {
              gain: size,
              own,
              aligned: alignedGain(place, parameter, sources),
            }),
      line: lineOf(place, parameter, cause),
      problems: parameter === undefined || cause !== 'rate' ? [] : problemsOf(parameter, sources.findings),
    },
  ];
}

/**
 * Whether a step sees so many rows that its update is mostly noise in narrow networks: what one gradient of rank one does is
 * right, and what the batch does is less, the narrower the more.
 */
function isDrowned(
  place: Place,
  parameter: BuiltParameter | undefined,
  gain: number,
  { runs, widths, steps, seeds }: Measured,
): boolean {
  if (!isCrowded(place, widths)) return false;
  const aligned =
    parameter === undefined ? null : alignedGain(place, parameter, { runs, widths, steps, seeds });
  return aligned !== null && aligned > gain + NEAR / 2;
}

/**
 * The power of |ΔW x| / |x| where the update and x are aligned: that of one step on a gradient of rank one, times what the
 * module multiplies by, which shows in the size of what a random start makes; null where one of them is not known.
 *
 *     |W x| / |x| ∝ multiplier · std · √fan_in
 */
export function alignedGain(
  { records, isLogits }: Place,
  { b, into, update, isConstant, isLookup }: BuiltParameter,
  { runs }: Measured,
): number | null {
  if (isLogits || isConstant || typeof b.exponent !== 'number' || typeof update.exponent !== 'number')
    return null;
  if (isLookup) return update.exponent;
  const start = slopeOfRuns(runs, 0, (_, index) => {
    const { size, input } = records[index] ?? {};
    return size?.[0] == null || !input?.[0] ? null : size[0] / input[0];
  });
  if (start.value === null || into === null || !isSure(start)) return null;
  return update.exponent + start.value - into / 2 + b.exponent;
}

/** Whether the place itself does not pass, and it or one behind it does not in that direction. */
function explains({ layer }: Place, gain: number, checks: readonly BuiltLayerCheck[]): boolean {
  const own = checks.filter((check) => check.layer === layer);
  if (own.length > 0 && own.every(({ verdict }) => verdict === 'pass')) return false;
  const order = [...new Set(checks.map((check) => check.layer))];
  return checks.some((check) => {
    if (order.indexOf(check.layer) < order.indexOf(layer) && !holds(check.layer, layer)) return false;
    const isOff = (slope: Slope | null, verdict: CoordinateVerdict | null): boolean =>
      (verdict === 'fail' || verdict === 'warn') && Math.sign(slope?.value ?? gain) === Math.sign(gain);
    return isOff(check.size, check.verdicts.size) || isOff(check.update, check.verdicts.update);
  });
}

/** Whether a module is the other one or has it inside: `h.1` holds `h.1.attn`, not `h.10`. */
function holds(outer: string, inner: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}.`);
}

/** The weight of a place, where it is one. */
export function parameterOf({ layer }: Place, model: BuiltModel | null): BuiltParameter | undefined {
  return model?.parameters.find(({ name, aliases }) =>
    [name, ...aliases].some((one) => layerOfWeight(one) === layer),
  );
}

function lineOf(place: Place, parameter: BuiltParameter | undefined, cause: Cause): CodeLine {
  if (cause === 'scale') return place.line;
  if (parameter === undefined) return null;
  return cause === 'start' ? (parameter.lines.start ?? parameter.lines.made) : parameter.lines.group;
}

function problemsOf({ name }: BuiltParameter, findings: readonly BuiltFinding[]): readonly string[] {
  return findings.flatMap(({ kind, problem, parameters }) =>
    kind !== 'update' && parameters.includes(name) ? [problem] : [],
  );
}
