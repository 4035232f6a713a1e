import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { LambdaMeans } from '../../quantities/mean-gram-lambda-min.ts';
import type { Unmeasured } from '../../statistics/width-means.ts';
import type { Predictions } from '../judging/predictions.ts';
import type { RunSetting } from '../run-setting.ts';
import { aboveFloors, distanceOf, limitLambdaMin, limitLoss, lossMeans, pointAt } from './curves.ts';
import type { EndedRun } from './ended-run.ts';
import { knownLimit, type LimitMethod } from './known-limit.ts';
import type { GramDistance, LimitPoint } from './report.ts';

/** A quantity at one step as the width grows without end. */
export interface InfinitePoint extends Omit<LimitPoint, 'byWidth'> {
  /** How far off `limit` may be; 0 where it is exact, null where there is none. */
  readonly limitError: number | null;
}

/** What runs of one parametrization come to as their width grows without end, step by step. */
export interface InfiniteWidth {
  readonly method: LimitMethod;
  /** The largest error of outputs and kernels in the limit: 0 where they are exact, null where they are extrapolated or diverge. */
  readonly error: number | null;
  /** The first step that the equations have nothing of, for they diverge; null where they do not. */
  readonly divergesAt: number | null;
  /** Of every probed step. */
  readonly loss: readonly InfinitePoint[];
  /** λ_min of the probe's Gram, layer 1 first. */
  readonly lambdaMin: readonly (readonly InfinitePoint[])[];
  /** How near the Grams of single networks are after the last step, layer 1 first; null where the limit is extrapolated or diverges. */
  readonly distance: readonly GramDistance[] | null;
}

interface MeasuredWidths {
  readonly runs: readonly EndedRun[];
  readonly predictionsAt: (step: number) => Predictions;
  readonly lambdaMin: (layer: number, step: number) => LambdaMeans | Unmeasured;
}

/**
 * The limit in training beside what was trained: of equations where there are any that take seconds, and extrapolated over
 * the widths. What grows with width by theory has none, and the loss has none where theory has outputs move less the wider
 * a network is: powers that compete, as under IP, make a + c/n of widths that are trained no estimate of where it goes.
 *
 * @param measured runs of the widths at which every run finished, and λ_min of the Gram of one layer averaged over their
 * seeds, of every width at one step; and what theory says of a step
 */
export function infiniteWidth(
  setting: RunSetting,
  parametrization: Parametrization,
  { runs, lambdaMin, predictionsAt }: MeasuredWidths,
): InfiniteWidth {
  const { probe, depth } = setting;
  const { method, limit, limitDivergesAt } = knownLimit(setting, parametrization, 'curves');
  const beside = { ...setting, limit };
  const layers = Array.from({ length: depth }, (_, index) => index + 1);
  const predicted = probe.steps.map((step) => ({ step, ...predictionsAt(step) }));
  const growing = stepsOf(predicted.filter(({ unstable }) => unstable));
  const vanishing = stepsOf(
    predicted.filter(({ outputChange }) => outputChange !== null && outputChange < 0),
  );
  const infinite = ({ byWidth: _, ...point }: LimitPoint, error: number | null): InfinitePoint => ({
    ...point,
    extrapolated: growing.has(point.step) ? null : point.extrapolated,
    limitError: point.limit === null ? null : error,
  });
  const distances = layers.flatMap((layer) => distanceOf(beside, runs, layer) ?? []);
  return {
    method,
    error: limit?.error ?? null,
    divergesAt: limitDivergesAt,
    loss: probe.steps.map((step) => {
      const point = infinite(
        pointAt(step, limitLoss(beside, step), lossMeans(runs, step)),
        limit?.lossErrors[step] ?? null,
      );
      return vanishing.has(step) ? { ...point, extrapolated: null } : point;
    }),
    lambdaMin: layers.map((layer) =>
      probe.steps.map((step) =>
        infinite(
          pointAt(step, limitLambdaMin(beside, step, layer), aboveFloors(lambdaMin(layer, step))),
          limit?.lambdaMinErrors[step] ?? null,
        ),
      ),
    ),
    distance: limit === null || limitDivergesAt !== null ? null : distances,
  };
}

function stepsOf(predicted: readonly { readonly step: number }[]): ReadonlySet<number> {
  return new Set(predicted.map(({ step }) => step));
}
