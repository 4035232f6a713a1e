import { worstVerdict } from '@widthwise/core';
import { type BuiltCheck, wholeWidths } from './built-check.ts';
import { withoutChance } from './by-chance.ts';
import { checkPlaces, type Measured, type Place, placesOf } from './layer-checks.ts';
import { divergenceOf, doubtsOf, isUnstable, openReasons } from './reasons.ts';
import type { RunRecord } from './run-record.ts';
import { softened } from './softened.ts';

/** What a place of the last of a row of blocks is called, as the last of each network is compared. */
const LAST = 'last';

/**
 * The verdict on a model by what its coordinates do in a few steps at some depths; the `width` of a run is its depth.
 *
 * Judged is what the last of a row of blocks hands on, and what stands before and behind them: what one block adds to that
 * may be as small as its factor makes it, and with it what the first one hands on differs from what it is given.
 */
export function depthCheck({
  runs: all,
  asked,
}: {
  readonly runs: readonly RunRecord[];
  readonly asked: { readonly seeds: number; readonly steps: number };
}): BuiltCheck {
  const depths = wholeWidths(all, asked.seeds);
  const whole = all.filter(({ width }) => depths.includes(width));
  const rows = rowsOf(whole);
  const runs = whole.map((run) => withLasts(run, rows));
  const steps = runs.every(({ isOptimized }) => isOptimized) ? asked.steps : 0;
  const measured: Measured = { runs, widths: depths, seeds: asked.seeds, steps };
  const places = placesOf(runs).flatMap((place): readonly Place[] => {
    const isWhole = place.records.every((record) => record !== undefined);
    return isWhole && !isInside(place.layer) ? [{ ...place, hasFixedSize: false }] : [];
  });
  const doubts = doubtsOf({ measured, places, model: null });
  const judged = checkPlaces(places, measured).map((check) =>
    softened(check, { places, suspects: [], widths: [Number.POSITIVE_INFINITY] }),
  );
  const layers = withoutChance(judged, { places, suspects: [], measured });
  const worst = worstVerdict(layers.map(({ verdict }) => verdict));
  const isDoubtful = worst === 'fail' ? doubts.some(({ kind }) => kind === 'same-seeds') : doubts.length > 0;
  const verdict = isUnstable(runs) ? 'fail' : isDoubtful ? 'undecided' : worst;
  return {
    widths: depths,
    seeds: asked.seeds,
    steps,
    verdict,
    layers,
    weights: [],
    suspects: [],
    reasons: [
      ...(isUnstable(runs) ? [] : doubts),
      ...(verdict === 'undecided' ? openReasons(layers, measured) : []),
      ...divergenceOf(runs),
    ],
    notes: runs.some(({ hadDropout }) => hadDropout) ? ['dropout was turned off'] : [],
    runs,
  };
}

/** The rows of modules that are longer in deeper networks, by their paths. */
function rowsOf(runs: readonly RunRecord[]): ReadonlySet<string> {
  const each = runs.map(lastOfRows);
  const [first = new Map<string, number>(), ...others] = each;
  const grows = ([row, last]: readonly [string, number]) =>
    others.every((one) => one.has(row)) && others.some((one) => one.get(row) !== last);
  return new Set([...first].filter(grows).map(([row]) => row));
}

/** The number of the last module of each row. */
function lastOfRows({ layers }: RunRecord): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { layer } of layers) {
    for (const { row, part } of stepsOf(layer)) {
      if (isNumber(part)) last.set(row, Math.max(last.get(row) ?? 0, Number(part)));
    }
  }
  return last;
}

/** A run with the last modules alone of rows that grow. */
function withLasts(run: RunRecord, rows: ReadonlySet<string>): RunRecord {
  const last = lastOfRows(run);
  const layers = run.layers.flatMap((record) => {
    const steps = stepsOf(record.layer).map(({ row, part }) => ({
      part: rows.has(row) && Number(part) === last.get(row) ? LAST : part,
      isOfRow: rows.has(row),
    }));
    const isKept = steps.every(({ part, isOfRow }) => !isOfRow || part === LAST);
    return isKept ? [{ ...record, layer: steps.map(({ part }) => part).join('.') }] : [];
  });
  return { ...run, layers };
}

/** The parts of a path, each with the path before it. */
function stepsOf(layer: string): readonly { readonly row: string; readonly part: string }[] {
  const parts = layer.split('.');
  return parts.map((part, at) => ({ row: parts.slice(0, at).join('.'), part }));
}

function isNumber(part: string): boolean {
  return /^\d+$/.test(part);
}

/** Whether a place is a part of a block of a row. */
function isInside(layer: string): boolean {
  const path = layer.split(/[. ]/);
  return path.includes(LAST) && path.indexOf(LAST) < path.length - 1;
}
