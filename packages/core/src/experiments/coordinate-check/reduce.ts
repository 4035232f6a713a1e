import type { ExperimentOutcome } from '../experiment.ts';
import { slopesOf } from './judge-place.ts';
import { checkLayers, isBeyondChance } from './layer-checks.ts';
import type { CoordinateReport, CoordinateRow, CoordinateSuspect, LayerCheck } from './report.ts';
import type { CoordinateCheckRequest } from './request.ts';
import { findSuspects } from './suspects.ts';
import { FEWEST_SEEDS, FEWEST_WIDTHS, worstVerdict } from './verdict.ts';

/** What a coordinate check finds: a slope of every layer's size and update at every step, and the verdict of the worst. */
export function reduceCoordinateCheck(
  request: CoordinateCheckRequest,
  { plan, results, complete }: ExperimentOutcome,
): CoordinateReport {
  const rows = plan.flatMap(({ width, seed, hash }): readonly CoordinateRow[] => {
    const result = results.get(hash);
    if (result === undefined) return [];
    const { state, divergedAt, series } = result;
    return [{ width, seed, state, divergedAt, series }];
  });
  const layers = checkLayers(rows, request).map((check) => (complete ? check : { ...check, verdict: null }));
  const worst = complete ? worstVerdict(layers.flatMap(({ verdict }) => verdict ?? [])) : null;
  const isChance = worst === 'fail' && !layers.some((check) => isBeyondChance(check, rows, request));
  const verdict = isChance ? 'undecided' : worst;
  const suspects = isChance ? [] : findSuspects(layers, request);
  const reasons = reasonsOf(rows, request);
  return {
    complete,
    verdict,
    layers,
    suspects,
    reasons: [
      ...(verdict === 'undecided' && reasons.length === 0 ? [whyOpen(layers, request)] : reasons),
      ...(mupAsItIs(suspects) ? [BEYOND_EXPONENTS] : []),
    ],
    rows,
  };
}

/** Of a net whose first output drives its updates, as it does where φ(0) ≠ 0, until widths are large. */
const BEYOND_EXPONENTS =
  "every exponent is μP's: what does not pass does so at these widths, steps and η, and not in the limit";

function mupAsItIs(suspects: readonly CoordinateSuspect[]): boolean {
  return suspects.length > 0 && suspects.every(({ exponent }) => exponent === null);
}

/** What leaves a check open: a failure that may be chance, a layer that has no slope, else an interval that holds too much. */
function whyOpen(layers: readonly LayerCheck[], request: CoordinateCheckRequest): string {
  const failing = layers.find(({ verdict }) => verdict === 'fail');
  if (failing !== undefined) {
    return `layer ${failing.layer} fails at step ${failing.step} by its own interval, as one of ${slopesOf(request.depth + 1)} slopes may by chance: more seeds would tell`;
  }
  for (const { layer, step, size, update, verdict } of layers) {
    if (verdict !== 'undecided') continue;
    if (size.reason !== undefined)
      return `layer ${layer} has no slope of its size at step ${step}: ${size.reason}`;
    if (update?.reason !== undefined)
      return `layer ${layer} has no slope of its update at step ${step}: ${update.reason}`;
  }
  return 'an interval holds both a passing and a failing slope';
}

function reasonsOf(rows: readonly CoordinateRow[], { widths, seeds }: CoordinateCheckRequest): string[] {
  const diverged = rows.filter(({ state }) => state === 'diverged');
  const where = [...new Set(diverged.map(({ width }) => width))].sort((left, right) => left - right);
  const earliest = Math.min(...diverged.map(({ divergedAt }) => divergedAt ?? 0));
  return [
    ...(widths.length < FEWEST_WIDTHS ? [`fewer than ${FEWEST_WIDTHS} widths`] : []),
    ...(seeds < FEWEST_SEEDS ? [`fewer than ${FEWEST_SEEDS} seeds`] : []),
    ...(diverged.length === 0
      ? []
      : [
          `runs diverge at width${where.length > 1 ? 's' : ''} ${where.join(', ')}, from step ${earliest} on`,
        ]),
  ];
}
