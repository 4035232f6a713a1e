import { eigvalsh } from '../../linalg/eigvalsh.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { frobeniusDistance, frobeniusNorm } from '../../linalg/norms.ts';
import { unpackedGram } from '../../linalg/packed-gram.ts';
import { loss } from '../../model/loss.ts';
import { lambdaMeans } from '../../quantities/mean-gram-lambda-min.ts';
import { extrapolatedMeans } from '../../statistics/extrapolated.ts';
import { slopeOf } from '../../statistics/log-log-slope.ts';
import { logMeans, type Unmeasured, type WidthMeans } from '../../statistics/width-means.ts';
import type { ExperimentOutcome } from '../experiment.ts';
import { byWidth } from './by-width.ts';
import type { EndedRun } from './ended-run.ts';
import { marginalsOf } from './marginals.ts';
import type { GramDistance, LimitPoint, LimitReport, StepsOutside } from './report.ts';
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
  const { limit, method, probe } = request;
  const points = probe.steps.map((step) => ({
    loss: pointAt(step, limit === null ? null : limitLoss(request, step), lossMeans(finished, step)),
    lambdaMin: pointAt(
      step,
      limit === null ? null : limitLambdaMin(request, step),
      gramMeans(finished, request.depth, step),
    ),
  }));
  const losses = points.map((point) => point.loss);
  const lambdas = points.map((point) => point.lambdaMin);
  return {
    complete,
    method,
    limitError: limit?.error ?? null,
    loss: losses,
    lambdaMin: lambdas,
    distance: distanceOf(request, finished),
    marginals: marginalsOf(request, finished),
    readout: limit?.law.readout ?? null,
    lawError: limit?.law.error ?? null,
    outside: { loss: stepsOutside(losses), lambdaMin: stepsOutside(lambdas) },
    diverged,
  };
}

function lossMeans(runs: readonly EndedRun[], step: number): WidthMeans | Unmeasured {
  return logMeans(
    runs.flatMap(({ width, result }) => {
      const own = result.series.find(({ quantity }) => quantity === 'loss');
      const value = own?.values[own.steps.indexOf(step)];
      return value === undefined ? [] : [{ width, value }];
    }),
  );
}

function gramMeans(runs: readonly EndedRun[], layer: number, step: number): WidthMeans | Unmeasured {
  return lambdaMeans(
    runs.flatMap(({ width, result }) => {
      const own = result.kept?.find((each) => each.layer === layer && each.step === step);
      return own === undefined ? [] : [{ width, gram: own.gram }];
    }),
  );
}

/** The loss of f in the limit: f has no spread there. */
function limitLoss({ limit, dataset, loss: spec }: LimitRequest, step: number): number {
  return loss(spec, limit!.outputs[step], matrix(dataset.samples, dataset.outputDim, dataset.targets));
}

function limitLambdaMin({ limit, depth }: LimitRequest, step: number): number | null {
  const kernel = limit!.kernels[step][depth - 1];
  const eigenvalues = eigvalsh(kernel);
  const [highest, lowest] = [eigenvalues[0], eigenvalues[kernel.rows - 1]];
  return lowest > 64 * kernel.rows * Number.EPSILON * highest ? lowest : null;
}

function pointAt(step: number, limit: number | null, means: WidthMeans | Unmeasured): LimitPoint {
  if ('reason' in means) return { step, limit, extrapolated: null, byWidth: [] };
  return {
    step,
    limit,
    extrapolated: extrapolatedMeans(means),
    byWidth: byWidth(means),
  };
}

function distanceOf({ limit, depth, steps }: LimitRequest, runs: readonly EndedRun[]): GramDistance | null {
  if (limit === null) return null;
  const kernel: Matrix = limit.kernels[steps][depth - 1];
  const means = logMeans(
    runs.flatMap(({ width, result }) => {
      const own = result.kept?.find((each) => each.layer === depth && each.step === steps);
      if (own === undefined) return [];
      return [{ width, value: frobeniusDistance(unpackedGram(own.gram), kernel) / frobeniusNorm(kernel) }];
    }),
  );
  return { slope: slopeOf(means), byWidth: 'reason' in means ? [] : byWidth(means) };
}

function stepsOutside(points: readonly LimitPoint[]): StepsOutside {
  const compared = points.flatMap(({ step, limit, extrapolated }) =>
    limit === null || extrapolated === null ? [] : [{ step, limit, extrapolated }],
  );
  const steps = compared
    .filter(({ limit, extrapolated: { low, high } }) => limit < low! || limit > high!)
    .map(({ step }) => step);
  return { steps, of: compared.length };
}
