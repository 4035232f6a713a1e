import { CONVERGENCE_CHECK, type ConvergenceReport } from '@widthwise/core';
import { convergenceEvidence, convergenceFindings, convergenceSentence } from '@widthwise/figures';
import type { ConvergenceCheck } from '@widthwise/protocol';
import { type WiredExperiment, wired } from './wired-experiment.ts';

/** `check` on the wire. */
export const WIRED_CONVERGENCE_CHECK: WiredExperiment = wired(CONVERGENCE_CHECK, {
  name: 'check',
  judgement: wireCheck,
  limits: ({ parametrization, limits }) => ({ [parametrization.name]: limits.activation }),
});

/** What a check found, with its words. */
function wireCheck(report: ConvergenceReport, labels: Readonly<Record<string, string>>): ConvergenceCheck {
  const label = Object.values(labels)[0] ?? '';
  return {
    ...convergenceFindings(report),
    sentence: report.rows.length === 0 ? '' : convergenceSentence(report, label),
    evidence: convergenceEvidence(report),
  };
}
