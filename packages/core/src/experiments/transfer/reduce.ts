import { logLogSlope } from '../../statistics/log-log-slope.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import type { ExperimentOutcome } from '../experiment.ts';
import { lossOf, type TransferCell, transferCells } from './cells.ts';
import { driftOf, gridMargin, rateMeans } from './drift.ts';
import { carriedLoss, rateOptimum } from './optima.ts';
import type { Objective } from './params.ts';
import { predictedDrift } from './predicted-drift.ts';
import { rateAt, searchStep, tunedPlace } from './rate-grid.ts';
import type { RateTransfer, TransferReport, TransferRow } from './report.ts';
import type { TransferRequest } from './request.ts';
import { transferVerdict, widerVerdict } from './verdict.ts';

/** What a search for the best rates finds: how they drift with width, and what the one tuned at the smallest width is worth. */
export function reduceTransfer(request: TransferRequest, outcome: ExperimentOutcome): TransferReport {
  const { plan, results, complete } = outcome;
  const isCut = request.cut?.endedSearch === true;
  const cells = transferCells(request, plan, results).map((cell) => ({ ...cell, isCut }));
  const transfers = request.parametrizations.map((parametrization): RateTransfer => {
    const own = cells.filter((cell) => cell.parametrization === parametrization.name);
    const predicted = predictedDrift(parametrization, request);
    return rateTransfer(own, { center: request.learningRate, predicted, complete });
  });
  return { complete, transfers, rows: transferRows(outcome, request.objective) };
}

/**
 * What becomes of the best rate under one parametrization, by its cells, the narrowest first.
 *
 * @param setting the rate at place 0, and the drift that theory foretells
 */
export function rateTransfer(
  cells: readonly TransferCell[],
  {
    center,
    predicted,
    complete,
  }: { readonly center: number; readonly predicted: number | null; readonly complete: boolean },
): RateTransfer {
  const [{ parametrization, width, curves }] = cells;
  const means = rateMeans(cells);
  const optima = cells.map((cell) => rateOptimum(cell, means, center));
  const found = optima.every(({ state }) => state === 'found');
  const drift = found ? driftOf(means) : noSlope('not every width has a best rate');
  const tuned = tunedRate(cells, center);
  const carried = tuned?.losses ?? [];
  const widerSlope = tuned === null ? noSlope('no rate was tuned') : lossSlope(cells, tuned.place);
  // What time has ended may have found its rates all the same.
  const isCut = cells.some((cell) => cell.isCut === true && searchStep(cell.curves).state === 'searching');
  const seeds = curves.length;
  const { verdict, reasons } = transferVerdict({
    drift,
    margin: gridMargin(means),
    predicted,
    optima,
    carried,
    seeds,
    isCut,
  });
  return {
    parametrization,
    verdict: complete ? verdict : null,
    drift,
    predicted,
    optima,
    tuned: tuned && { width, rate: tuned.rate, losses: carried },
    wider: complete ? widerVerdict(widerSlope, carried) : null,
    widerSlope,
    reasons: complete ? reasons : [],
  };
}

function tunedRate(
  cells: readonly TransferCell[],
  center: number,
): {
  readonly place: number;
  readonly rate: number;
  readonly losses: ReturnType<typeof carriedLoss>[];
} | null {
  const [smallest] = cells;
  const isOpen = searchStep(smallest.curves).state === 'searching' && smallest.isCut !== true;
  const place = isOpen ? null : tunedPlace(smallest.curves);
  if (place === null) return null;
  const losses = cells.map((cell) => carriedLoss(cell, place));
  return { place, rate: rateAt(place, center), losses };
}

function lossSlope(cells: readonly TransferCell[], place: number): Slope {
  return logLogSlope(
    cells.flatMap(({ width, curves }) =>
      curves.flatMap((curve) => {
        const value = curve.get(place);
        return value === undefined ? [] : [{ width, value }];
      }),
    ),
  );
}

function transferRows({ plan, results }: ExperimentOutcome, objective: Objective): readonly TransferRow[] {
  const rows = plan.flatMap(({ parametrization, width, seed, spec, hash }): TransferRow[] => {
    const result = results.get(hash);
    if (result === undefined) return [];
    const rate = spec.constants.learningRate;
    const loss = lossOf(result, objective);
    return [
      { parametrization, width, rate, seed, state: result.state, loss: Number.isFinite(loss) ? loss : null },
    ];
  });
  const order = [...new Set(rows.map(({ parametrization }) => parametrization))];
  return rows.sort(
    (left, right) =>
      order.indexOf(left.parametrization) - order.indexOf(right.parametrization) ||
      left.width - right.width ||
      left.rate - right.rate ||
      left.seed - right.seed,
  );
}
