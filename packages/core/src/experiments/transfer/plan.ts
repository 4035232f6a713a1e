import type { ExperimentOutcome } from '../experiment.ts';
import { planRuns } from '../plan-runs.ts';
import type { PlannedRun } from '../planned-run.ts';
import { type TransferCell, transferCells } from './cells.ts';
import { rateAt, searchStep, tunedPlace } from './rate-grid.ts';
import type { TransferRequest } from './request.ts';

/**
 * The first runs of a search for the best rates: every width at rates a factor of four apart.
 *
 * @throws RangeError for a parametrization of another optimizer than the one that trains
 */
export function planTransfer(request: TransferRequest): readonly PlannedRun[] {
  return runsAt(request, transferCells(request, [], new Map()), () => searchStep([]).next);
}

/**
 * What to train once all that was planned has ended: around the best rate of each width, and every width at the rate
 * that was tuned at the smallest. Empty when there is nothing more.
 */
export function refineTransfer(
  request: TransferRequest,
  { plan, results }: ExperimentOutcome,
): readonly PlannedRun[] {
  const cells = transferCells(request, plan, results);
  const tuned = new Map(
    cells.flatMap(({ parametrization, width, curves }) => {
      if (width !== request.widths[0] || searchStep(curves).state === 'searching') return [];
      const place = tunedPlace(curves);
      return place === null ? [] : [[parametrization, place] as const];
    }),
  );
  return runsAt(request, cells, ({ parametrization, curves }) => {
    const { next } = searchStep(curves);
    const place = tuned.get(parametrization);
    const carried = place === undefined || curves[0].has(place) || next.includes(place) ? [] : [place];
    return [...next, ...carried];
  });
}

/** The runs of every cell at the places that it wants, narrow widths first and parametrizations side by side. */
function runsAt(
  request: TransferRequest,
  cells: readonly TransferCell[],
  placesOf: (cell: TransferCell) => readonly number[],
): readonly PlannedRun[] {
  const { parametrizations, learningRate } = request;
  return request.widths.flatMap((width) =>
    parametrizations.flatMap((parametrization) => {
      const cell = cells.find(
        (each) => each.width === width && each.parametrization === parametrization.name,
      );
      const places = cell === undefined ? [] : placesOf(cell);
      return places.flatMap((place) =>
        planRuns({ ...request, widths: [width], learningRate: rateAt(place, learningRate) }, [
          parametrization,
        ]),
      );
    }),
  );
}
