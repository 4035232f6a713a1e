import { COMPARISON, type ComparisonReport } from '@widthwise/core';
import { comparisonSentence, verdictSentence } from '@widthwise/figures';
import type { Judgement } from '@widthwise/protocol';
import type { PreparedExperiment } from '../../lab/experiments/prepared.ts';
import { type WiredExperiment, wired } from './wired-experiment.ts';

/** `compare` on the wire. */
export const WIRED_COMPARISON: WiredExperiment = wired(COMPARISON, {
  name: 'compare',
  judgement: wireJudgement,
  limits: ({ limits }) => limits,
});

/** Slopes and verdicts of a report, with their words. */
function wireJudgement(report: ComparisonReport, labels: PreparedExperiment['labels']): Judgement {
  const { slopes, verdicts, features, infiniteWidth, rows } = report;
  return {
    slopes,
    verdicts: Object.fromEntries(
      Object.entries(verdicts ?? {}).map(([name, verdict]) => {
        const { stable, featureLearning, richness, motion, richnessMeasured, reasons, classes } = verdict;
        const divergence = verdict.divergence && { everywhere: verdict.divergence.everywhere };
        const judged = { stable, featureLearning, richness, motion, richnessMeasured, reasons, classes };
        return [name, { ...judged, divergence, sentence: verdictSentence(verdict) }];
      }),
    ),
    features,
    infiniteWidth,
    sentence: rows.length === 0 ? '' : comparisonSentence(report, labels),
  };
}
