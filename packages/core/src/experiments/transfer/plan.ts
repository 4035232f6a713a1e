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
  const wanted = new Map(
    request.parametrizations.flatMap(({ name }) => {
      const own = cells.filter(({ parametrization }) => parametrization === name);
      const places = wantedPlaces(own);
      return own.map((cell, index) => [cell, places[index]] as const);
    }),
  );
  return runsAt(request, cells, (cell) => wanted.get(cell) ?? []);
}

/**
 * At which places the cells of one parametrization, the narrowest first, are still to be trained: around the best of each,
 * and all at the one that was tuned at the narrowest.
 */
export function wantedPlaces(cells: readonly TransferCell[]): readonly (readonly number[])[] {
  const [{ curves: narrowest }] = cells;
  const place = searchStep(narrowest).state === 'searching' ? null : tunedPlace(narrowest);
  return cells.map(({ curves }) => {
    const { next } = searchStep(curves);
    const isTried = place === null || curves[0].has(place) || next.includes(place);
    return isTried ? next : [...next, place];
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
