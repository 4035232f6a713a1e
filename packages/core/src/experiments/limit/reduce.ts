import type { ExperimentOutcome } from '../experiment.ts';
import { distanceOf, gramMeans, limitLambdaMin, limitLoss, lossMeans, pointAt } from './curves.ts';
import { marginalsOf } from './marginals.ts';
import type { LimitPoint, LimitReport, StepsOutside } from './report.ts';
import type { LimitRequest } from './request.ts';

/** What networks of several widths have in common with the limit: losses and λ_min step by step, and how near their Grams come. */
export function reduceLimit(
  request: LimitRequest,
  { plan, results, complete }: ExperimentOutcome,
): LimitReport {
  const ended = plan.flatMap(({ width, seed, hash }) => {
    const result = results.get(hash);
    return result === undefined ? [] : [{ width, seed, result }];
  });
  const diverged = ended
    .filter(({ result }) => result.state === 'diverged')
    .map(({ width, seed }) => ({ width, seed }));
  const finished = ended.filter(({ width }) => !diverged.some((each) => each.width === width));
  const { limit, limitDivergesAt, method, probe, depth } = request;
  const losses = probe.steps.map((step) =>
    pointAt(step, limitLoss(request, step), lossMeans(finished, step)),
  );
  const lambdas = probe.steps.map((step) =>
    pointAt(step, limitLambdaMin(request, step, depth), gramMeans(finished, depth, step)),
  );
  return {
    complete,
    method,
    limitError: limit?.error ?? null,
    limitDivergesAt,
    loss: losses,
    lambdaMin: lambdas,
    distance: distanceOf(request, finished, depth),
    marginals: marginalsOf(request, finished),
    readout: limit?.law?.readout ?? null,
    lawError: limit?.law?.error ?? null,
    outside: { loss: stepsOutside(losses), lambdaMin: stepsOutside(lambdas) },
    diverged,
  };
}

/** What engines of single precision give is as near: all networks of a zero readout start at the same loss. */
const FLOAT32_ROUNDING = 2 ** -20;

function stepsOutside(points: readonly LimitPoint[]): StepsOutside {
  const compared = points.flatMap(({ step, limit, extrapolated }) =>
    limit === null || extrapolated === null ? [] : [{ step, limit, extrapolated }],
  );
  const steps = compared
    .filter(({ limit, extrapolated: { low, high } }) => {
      const rounding = FLOAT32_ROUNDING * Math.abs(limit);
      return limit < low! - rounding || limit > high! + rounding;
    })
    .map(({ step }) => step);
  return { steps, of: compared.length };
}
