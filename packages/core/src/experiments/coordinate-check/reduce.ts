import type { ExperimentOutcome } from '../experiment.ts';
import { checkLayers } from './layer-checks.ts';
import type { CoordinateReport, CoordinateRow, CoordinateSuspect } from './report.ts';
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
  const suspects = findSuspects(layers, request);
  return {
    complete,
    verdict: complete ? worstVerdict(layers.flatMap(({ verdict }) => verdict ?? [])) : null,
    layers,
    suspects,
    reasons: [...reasonsOf(rows, request), ...(mupAsItIs(suspects) ? [BEYOND_EXPONENTS] : [])],
    rows,
  };
}

/** Of a net whose first output drives its updates, as it does where φ(0) ≠ 0, until widths are large. */
const BEYOND_EXPONENTS =
  "every exponent is μP's: what does not pass does so at these widths, steps and η, and not in the limit";

function mupAsItIs(suspects: readonly CoordinateSuspect[]): boolean {
  return suspects.length > 0 && suspects.every(({ exponent }) => exponent === null);
}

function reasonsOf(rows: readonly CoordinateRow[], { widths, seeds }: CoordinateCheckRequest): string[] {
  const diverged = rows.filter(({ state }) => state === 'diverged');
  const where = [...new Set(diverged.map(({ width }) => width))].sort((left, right) => left - right);
  const earliest = Math.min(...diverged.map(({ divergedAt }) => divergedAt ?? 0));
  return [
    ...(widths.length < FEWEST_WIDTHS ? [`undecided with fewer than ${FEWEST_WIDTHS} widths`] : []),
    ...(seeds < FEWEST_SEEDS ? [`undecided with fewer than ${FEWEST_SEEDS} seeds`] : []),
    ...(diverged.length === 0
      ? []
      : [
          `runs diverge at width${where.length > 1 ? 's' : ''} ${where.join(', ')}, from step ${earliest} on`,
        ]),
  ];
}
