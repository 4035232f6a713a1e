import { reduceComparison } from '../comparison/reduce.ts';
import type { ExperimentOutcome } from '../experiment.ts';
import { runBounds, verdictOf } from './bounds.ts';
import { convergenceHypotheses } from './hypotheses.ts';
import { independenceOf } from './independence.ts';
import type { ConvergenceReport } from './report.ts';
import type { ConvergenceCheckRequest } from './request.ts';
import { stationarityOf } from './stationarity.ts';

/** What a convergence check finds: the bound of every run at every step, the features behind it, and what width changes. */
export function reduceConvergenceCheck(
  request: ConvergenceCheckRequest,
  outcome: ExperimentOutcome,
): ConvergenceReport {
  const { parametrization, limits, widths } = request;
  const { name } = parametrization;
  const { rows, slopes, verdicts, features, infiniteWidth, dependentSamples } = reduceComparison(
    {
      ...request,
      parametrizations: [parametrization],
      limits: { [name]: limits.activation },
      spectra: { [name]: limits.spectra },
    },
    outcome,
  );
  const bounds = runBounds(request, outcome);
  const { verdict, bound } = verdictOf(rows, bounds);
  const independence = independenceOf(rows, request);
  return {
    complete: outcome.complete,
    verdict: outcome.complete ? verdict : null,
    hypotheses: convergenceHypotheses(request),
    bound,
    stationarity: bound && stationarityOf(request, outcome, { bound, independence }),
    independence,
    overWidths: widths.length > 1 ? (verdicts?.[name] ?? null) : null,
    slopes: slopes[name],
    features: features?.[name] ?? null,
    infiniteWidth: infiniteWidth?.[name] ?? null,
    bounds,
    dependentSamples,
    rows,
  };
}
