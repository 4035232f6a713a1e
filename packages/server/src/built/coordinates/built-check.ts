import { type CoordinateVerdict, type Slope, worstVerdict } from '@widthwise/core';
import type { StaticReading } from '../against-static.ts';
import type { BuiltModel } from '../built-model.ts';
import type { BuiltFinding } from '../built-problems.ts';
import { blamed } from './blamed.ts';
import { withoutChance } from './by-chance.ts';
import { type BuiltLayerCheck, checkPlaces, type Measured, placesOf, slopeOfRuns } from './layer-checks.ts';
import { outgrown } from './outgrown.ts';
import { type CheckReason, divergenceOf, doubtsOf, isUnstable, openReasons } from './reasons.ts';
import type { RunRecord } from './run-record.ts';
import { softened } from './softened.ts';
import { type BuiltSuspect, findSuspects } from './suspects.ts';

/** A matrix at the last step: slopes of ‖W‖₂·√(fan-in/fan-out) and of the same of its change. */
export interface BuiltMatrixCheck {
  readonly parameter: string;
  readonly spectralNorm: Slope;
  readonly spectralUpdate: Slope | null;
}

/** What a coordinate check of a model of the user's finds. */
export interface BuiltCheck {
  /** Ascending: those of which every seed was measured. */
  readonly widths: readonly number[];
  readonly seeds: number;
  /** Fewer than were asked for where there is no optimizer. */
  readonly steps: number;
  /** Of the worst place. */
  readonly verdict: CoordinateVerdict;
  /** By step, then in the order of the forward pass. */
  readonly layers: readonly BuiltLayerCheck[];
  readonly weights: readonly BuiltMatrixCheck[];
  readonly suspects: readonly BuiltSuspect[];
  /** What leaves it open and what would decide, and where runs diverge. */
  readonly reasons: readonly CheckReason[];
  readonly notes: readonly string[];
  /** What was judged: at those widths, and of depths with the last block of each network as one place. */
  readonly runs: readonly RunRecord[];
}

/** What is known beside the runs. */
export interface CheckSources {
  readonly runs: readonly RunRecord[];
  readonly asked: { readonly seeds: number; readonly steps: number };
  readonly model: BuiltModel | null;
  readonly findings: readonly BuiltFinding[];
  readonly readings?: ReadonlyMap<string, StaticReading>;
}

/** The verdict on a model by what its coordinates do in a few steps at some widths. */
export function builtCheck({
  runs: measuredRuns,
  asked,
  model,
  findings,
  readings = new Map(),
}: CheckSources): BuiltCheck {
  const widths = wholeWidths(measuredRuns, asked.seeds);
  const runs = measuredRuns.filter(({ width }) => widths.includes(width));
  const steps = runs.every(({ isOptimized }) => isOptimized) ? asked.steps : 0;
  const measured: Measured = { runs, widths, seeds: asked.seeds, steps };
  const places = placesOf(runs).filter((place) => place.records.every((record) => record !== undefined));
  const checks = checkPlaces(places, measured);
  const suspects = findSuspects({ ...measured, places, checks, model, findings });
  const judged = checks.map((check) =>
    outgrown(softened(check, { places, suspects, widths }), { places, model, measured }),
  );
  const layers = withoutChance(judged, { places, suspects, measured });
  const isOfChance = layers.some(({ open }) => open === 'chance');
  const worst = worstVerdict(layers.map(({ verdict }) => verdict));
  const every = doubtsOf({ measured, places, model });
  // Without noise from seeds no interval says anything, not even of a failure.
  const doubts = worst === 'fail' ? every.filter(({ kind }) => kind === 'same-seeds') : every;
  const verdict = isUnstable(runs) ? 'fail' : doubts.length > 0 ? 'undecided' : worst;
  const isOpen = verdict === 'undecided' && !doubts.some(({ kind }) => kind === 'strangers');
  return {
    widths,
    seeds: asked.seeds,
    steps,
    verdict,
    layers,
    weights: matricesOf(measured),
    suspects:
      isOfChance || doubts.some(({ kind }) => kind === 'same-seeds')
        ? []
        : blamed(suspects, { model, readings }),
    reasons: [
      ...(isUnstable(runs) ? [] : doubts),
      ...(isOpen ? openReasons(layers, measured) : []),
      ...divergenceOf(runs),
    ],
    notes: notesOf(runs, model),
    runs,
  };
}

function castNotes(runs: readonly RunRecord[]): readonly string[] {
  const types = new Set(runs.flatMap(({ cast = [] }) => cast));
  if (types.size === 0) return [];
  const why = types.has('float64') ? '' : ', in which small updates are not rounded away';
  return [`parameters of ${[...types].join(' and ')} were made float32${why}`];
}

function halfNotes(runs: readonly RunRecord[]): readonly string[] {
  const types = new Set(runs.flatMap(({ halves = [] }) => halves));
  if (types.size === 0) return [];
  return [`modules compute in ${[...types].join(' and ')}, whose rounding is part of each size and update`];
}

/** The widths that every seed was measured at, ascending. */
export function wholeWidths(runs: readonly RunRecord[], seeds: number): readonly number[] {
  const widths = [...new Set(runs.map(({ width }) => width))].sort((one, other) => one - other);
  return widths.filter((width) => runs.filter((run) => run.width === width).length === seeds);
}

function matricesOf({ runs, steps }: Measured): readonly BuiltMatrixCheck[] {
  const names = runs[0]?.weights.map(({ name }) => name) ?? [];
  return names.map((parameter) => {
    const of = (what: 'norm' | 'update'): Slope =>
      slopeOfRuns(
        runs,
        steps,
        ({ weights }) => weights.find(({ name }) => name === parameter)?.[what][steps],
      );
    return { parameter, spectralNorm: of('norm'), spectralUpdate: steps === 0 ? null : of('update') };
  });
}

function notesOf(runs: readonly RunRecord[], model: BuiltModel | null): readonly string[] {
  return [
    ...(runs.some(({ hadDropout }) => hadDropout) ? ['dropout was turned off'] : []),
    ...castNotes(runs),
    ...halfNotes(runs),
    ...(model === null ? ['at fewer than two widths its starts and rates are not known'] : model.notes),
  ];
}
