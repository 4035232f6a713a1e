import type { ExperimentOutcome } from '../experiment.ts';
import { checkLayers } from './layer-checks.ts';
import type { CoordinateReport, CoordinateRow } from './report.ts';
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
  return {
    complete,
    verdict: complete ? worstVerdict(layers.flatMap(({ verdict }) => verdict ?? [])) : null,
    layers,
    suspects: findSuspects(layers, request.parametrization, request.depth),
    reasons: reasonsOf(rows, request),
    rows,
  };
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
