import type { Unmeasured } from '../../statistics/width-means.ts';
import type { TransferCell } from './cells.ts';
import { type RateMeans, rateMargin } from './drift.ts';
import { bestLogRate, bestPlace, type RateCurve, searchStep } from './rate-grid.ts';
import type { CarriedLoss, OptimumState, RateOptimum } from './report.ts';

/** Training that leaves more than this share of the loss has done nothing. */
const UNTRAINED_SHARE = 0.99;

/** Where a width is best, and how its search ended. */
export function rateOptimum(cell: TransferCell, means: RateMeans | Unmeasured, center: number): RateOptimum {
  const { width, curves, isCut } = cell;
  const state = optimumState(cell);
  const none = { width, state, rate: null, low: null, high: null, loss: null };
  if (state !== 'found') return none;
  const rate = center * Math.exp(mean(curves.map((curve) => bestLogRate(curve, isCut) ?? Number.NaN)));
  const margin = rateMargin(means, width);
  return {
    ...none,
    rate,
    low: margin === null ? null : rate / margin,
    high: margin === null ? null : rate * margin,
    loss: leastLoss(curves),
  };
}

function optimumState({ curves, start, isCut = false }: TransferCell): OptimumState {
  const { state } = searchStep(curves);
  const isOpen = !isCut || curves.some((curve) => bestLogRate(curve, isCut) === null);
  if (state === 'searching' && isOpen) return 'open';
  const least = leastLoss(curves);
  if (least === null) return 'diverged';
  if (start !== null && least > UNTRAINED_SHARE * start) return 'untrained';
  return state === 'searching' ? 'found' : state;
}

/** The loss at the tuned rate, beside the least of its width. */
export function carriedLoss({ width, curves }: TransferCell, place: number): CarriedLoss {
  const losses = curves.map((curve) => curve.get(place));
  if (losses.length === 0 || losses.includes(undefined)) {
    return { width, state: 'open', loss: null, excess: null };
  }
  const known = losses.map((loss) => loss!);
  if (!known.every(Number.isFinite)) return { width, state: 'diverged', loss: null, excess: null };
  const loss = geometricMean(known);
  const least = leastLoss(curves);
  return { width, state: 'finished', loss, excess: least === null || least === 0 ? null : loss / least };
}

/** Null where a seed has none. */
function leastLoss(curves: readonly RateCurve[]): number | null {
  const losses = curves.map((curve) => {
    const place = bestPlace(curve);
    return place === null ? null : curve.get(place)!;
  });
  return losses.includes(null) ? null : geometricMean(losses.map((loss) => loss!));
}

function geometricMean(values: readonly number[]): number {
  return values.includes(0) ? 0 : Math.exp(mean(values.map(Math.log)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
