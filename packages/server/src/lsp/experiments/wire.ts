import type { ComparisonReport, ComparisonRequest, RunResult } from '@widthwise/core';
import { comparisonSentence, verdictSentence } from '@widthwise/figures';
import type { ComparisonPlan, Judgement, RunOutcome } from '@widthwise/protocol';
import type { PreparedExperiment } from '../../lab/experiments/prepared.ts';

/** What is being trained, as a view shows it. */
export function wirePlan({
  dataTitle,
  request,
  labels,
}: PreparedExperiment<ComparisonRequest>): ComparisonPlan {
  const { parametrizations, widths, seeds, depth, activation, steps, learningRate, engine } = request;
  return {
    data: dataTitle,
    parametrizations: parametrizations.map(({ name }) => ({ name, label: labels[name] ?? name })),
    widths,
    seeds,
    depth,
    activation,
    steps,
    learningRate,
    engine: engine.name,
    limits: request.limits,
  };
}

/** What only a whole run has. */
export function wireOutcome(
  { loss, outputChange, layers }: RunResult,
  limits: readonly (number | null)[],
): RunOutcome {
  return {
    loss,
    outputChange,
    layers: layers.map((layer) => ({ ...layer, lambdaMinLimit: limits[layer.layer - 1] ?? null })),
  };
}

/** Slopes and verdicts of a report, with their words. */
export function wireJudgement(report: ComparisonReport, labels: PreparedExperiment['labels']): Judgement {
  const { slopes, verdicts, rows } = report;
  return {
    slopes,
    verdicts: Object.fromEntries(
      Object.entries(verdicts ?? {}).map(([name, verdict]) => {
        const { stable, featureLearning, richness, reasons } = verdict;
        const sentence = verdictSentence(verdict, slopes[name]!);
        return [name, { stable, featureLearning, richness, reasons, sentence }];
      }),
    ),
    sentence: rows.length === 0 ? '' : comparisonSentence(report, labels),
  };
}
