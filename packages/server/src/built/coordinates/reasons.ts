import {
  type Deciding,
  FAILING_SLOPE,
  FEWEST_SEEDS,
  FEWEST_WIDTHS,
  type Slope,
  slopesOf,
  whatDecides,
} from '@widthwise/core';
import type { BuiltModel } from '../built-model.ts';
import {
  type BuiltLayerCheck,
  FEWEST_DIMENSIONS,
  isCrowded,
  type Measured,
  NARROWEST,
  type Place,
} from './layer-checks.ts';
import type { RunRecord } from './run-record.ts';
import { alignedGain, parameterOf } from './suspects.ts';

/** One slope of a place at a step. */
interface OpenSlope {
  readonly layer: string;
  readonly step: number;
  readonly what: 'size' | 'update';
  readonly slope: Slope;
}

/** What belongs beside a verdict. */
export type CheckReason =
  | { readonly kind: 'few-widths' | 'few-seeds'; readonly least: number }
  /** `strangers`: the optimizer has no parameter of the model. */
  | { readonly kind: 'no-optimizer' | 'strangers' | 'same-seeds' }
  /** Steps on a gradient of rank one grow with the width there, and so many rows do not show it. */
  | { readonly kind: 'masked'; readonly layer: string; readonly rows: number }
  /** Updates shrink where a step sees more rows than so many at the narrowest width. */
  | { readonly kind: 'crowded'; readonly count: number; readonly rows: number; readonly width: number }
  /** Places that do not pass and that no weight explains, in networks narrower than `least`. */
  | { readonly kind: 'narrow'; readonly count: number; readonly width: number; readonly least: number }
  /** Weights whose change grows with the width though what they make does not yet, and the steepest of their slopes. */
  | { readonly kind: 'outgrown'; readonly layers: readonly string[]; readonly slope: Slope }
  | ({ readonly kind: 'no-slope' } & OpenSlope)
  /** No power that theory knows, and no weight that explains it. */
  | ({ readonly kind: 'between' } & OpenSlope)
  /** A failure that one of so many slopes has by chance. */
  | ({ readonly kind: 'chance'; readonly slopes: number; readonly by: Deciding | null } & OpenSlope)
  | ({ readonly kind: 'interval'; readonly by: Deciding | null } & OpenSlope)
  | { readonly kind: 'diverges'; readonly widths: readonly number[]; readonly step: number }
  /** Of every run: nothing tells how it goes with the width. */
  | { readonly kind: 'unstable'; readonly step: number };

/** What forbids any word but failure, whatever the slopes. */
export function doubtsOf({
  measured,
  places,
  model,
}: {
  readonly measured: Measured;
  readonly places: readonly Place[];
  readonly model: BuiltModel | null;
}): readonly CheckReason[] {
  const { runs, widths, seeds, steps } = measured;
  const known = runs.filter(({ losses: [first] }) => first !== null);
  const losses = new Set(known.map(({ width, losses: each }) => `${width} ${each.join(' ')}`));
  const [masked] = places.filter((place) => isMasked(place, model, measured));
  return [
    ...(widths.length < FEWEST_WIDTHS ? [{ kind: 'few-widths', least: FEWEST_WIDTHS } as const] : []),
    ...(seeds < FEWEST_SEEDS ? [{ kind: 'few-seeds', least: FEWEST_SEEDS } as const] : []),
    ...(steps === 0 ? [{ kind: 'no-optimizer' } as const] : []),
    ...(model?.isOptimized && model.parameters.every(({ groups }) => groups.length === 0)
      ? [{ kind: 'strangers' } as const]
      : []),
    ...(known.length > losses.size && losses.size === new Set(known.map(({ width }) => width)).size
      ? [{ kind: 'same-seeds' } as const]
      : []),
    ...(masked === undefined ? [] : [{ kind: 'masked', layer: masked.layer, rows: masked.rows } as const]),
  ];
}

/** Whether one step on a gradient of rank one grows with the width, and the batch has so many rows that it does not show. */
function isMasked(place: Place, model: BuiltModel | null, measured: Measured): boolean {
  const parameter = parameterOf(place, model);
  if (parameter === undefined || !isCrowded(place, measured.widths)) return false;
  return (alignedGain(place, parameter, measured) ?? 0) > FAILING_SLOPE;
}

function outgrownReason(layers: readonly BuiltLayerCheck[]): readonly CheckReason[] {
  const found = layers.flatMap(({ layer, weight }) => (weight === undefined ? [] : [{ layer, weight }]));
  const [first] = found.toSorted((one, other) => (other.weight.value ?? 0) - (one.weight.value ?? 0));
  if (first === undefined) return [];
  return [{ kind: 'outgrown', layers: found.map(({ layer }) => layer), slope: first.weight }];
}

/** Of the failure that is the least likely to be chance. */
function chanceReason(
  layers: readonly BuiltLayerCheck[],
  { widths, seeds }: Pick<Measured, 'widths' | 'seeds'>,
): readonly CheckReason[] {
  const slopes = slopesOf(new Set(layers.map(({ layer }) => layer)).size);
  const found = layers.flatMap((check) =>
    (['size', 'update'] as const).flatMap((what) => {
      const [slope, wide] = [check.upper[what] ?? check[what], check.wide?.[what]];
      if (wide == null || Math.abs(slope?.value ?? 0) <= FAILING_SLOPE || slope === null) return [];
      const by = whatDecides(wide, { widths, seeds, mayVanish: false });
      const { layer, step } = check;
      return [{ kind: 'chance', layer, step, what, slope, slopes, by } as const];
    }),
  );
  return found.toSorted((one, other) => costOf(one.by) - costOf(other.by)).slice(0, 1);
}

/** What leaves places open, and what would decide: of the one that is hardest to decide. */
export function openReasons(
  layers: readonly BuiltLayerCheck[],
  { runs, widths, seeds }: Measured,
): readonly CheckReason[] {
  if (widths.length < FEWEST_WIDTHS || seeds < FEWEST_SEEDS) return [];
  const hasDiverged = runs.some(({ stoppedAt }) => stoppedAt !== null);
  const open = layers.flatMap((check) =>
    (['size', 'update'] as const).flatMap((what) => {
      const slope = check.upper[what] ?? check[what];
      const { layer, step, open: because } = check;
      return check.verdicts[what] === 'undecided' && slope !== null
        ? [{ because, layer, step, what, slope }]
        : [];
    }),
  );
  const crowded = open.filter(({ because }) => because === 'crowded').length;
  const narrow = new Set(open.flatMap(({ because, layer }) => (because === 'narrow' ? [layer] : []))).size;
  const [width = 0] = widths;
  const between = open.filter(({ because }) => because === 'between').map(slopeOnly);
  const lost = open.filter(({ because, slope }) => because === null && slope.value === null).map(slopeOnly);
  const wide = open.filter(({ because, slope }) => because === null && slope.value !== null).map(slopeOnly);
  return [
    ...outgrownReason(layers),
    ...(crowded === 0
      ? []
      : [{ kind: 'crowded', count: crowded, rows: Math.floor(width / FEWEST_DIMENSIONS), width } as const]),
    ...(narrow === 0 ? [] : [{ kind: 'narrow', count: narrow, width, least: NARROWEST } as const]),
    ...chanceReason(layers, { widths, seeds }),
    ...between.slice(0, 1).map((one) => ({ kind: 'between', ...one }) as const),
    // Of runs that diverge, that is told.
    ...(hasDiverged ? [] : lost.slice(0, 1).map((one) => ({ kind: 'no-slope', ...one }) as const)),
    // Where all of them do, neither seeds nor widths decide.
    ...(isUnstable(runs) ? [] : hardest(wide, { widths, seeds })),
  ];
}

function slopeOnly({ layer, step, what, slope }: OpenSlope): OpenSlope {
  return { layer, step, what, slope };
}

function hardest(
  open: readonly OpenSlope[],
  { widths, seeds }: Pick<Measured, 'widths' | 'seeds'>,
): readonly CheckReason[] {
  const each = open.map((one) => ({
    kind: 'interval' as const,
    ...one,
    by: whatDecides(one.slope, { widths, seeds, mayVanish: false }),
  }));
  const worst = each.reduce<(typeof each)[number] | null>(
    (one, other) => (one === null || costOf(other.by) > costOf(one.by) ? other : one),
    null,
  );
  return worst === null ? [] : [worst];
}

/** Wider networks cost more than any seeds, and what nothing decides most of all. */
function costOf(by: Deciding | null): number {
  if (by === null) return Number.POSITIVE_INFINITY;
  return by.kind === 'seeds' ? by.seeds / 1e6 : by.width;
}

export function divergenceOf(runs: readonly RunRecord[]): readonly CheckReason[] {
  const diverged = runs.filter(({ stoppedAt }) => stoppedAt !== null);
  if (diverged.length === 0) return [];
  const widths = [...new Set(diverged.map(({ width }) => width))].sort((one, other) => one - other);
  const step = Math.min(...diverged.map(({ stoppedAt }) => stoppedAt ?? 0));
  return [isUnstable(runs) ? { kind: 'unstable', step } : { kind: 'diverges', widths, step }];
}

/** Whether no run has a loss at its end, whatever its width: nobody could train that. */
export function isUnstable(runs: readonly RunRecord[]): boolean {
  return runs.length > 0 && runs.every(({ stoppedAt }) => stoppedAt !== null);
}
