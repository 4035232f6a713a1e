import { COORDINATE_CHECK, type CoordinateReport } from '@widthwise/core';
import { coordinateSentence, suspectSentence } from '@widthwise/figures';
import type { CoordinateCheck } from '@widthwise/protocol';
import { type WiredExperiment, wired } from './wired-experiment.ts';

/** `coord-check` on the wire. */
export const WIRED_COORDINATE_CHECK: WiredExperiment = wired(COORDINATE_CHECK, {
  name: 'coord-check',
  judgement: wireCheck,
});

/** What a check found, with its words. */
function wireCheck(report: CoordinateReport, labels: Readonly<Record<string, string>>): CoordinateCheck {
  const { verdict, layers, suspects, rows } = report;
  // The readout comes after the hidden layers.
  const depth = Math.max(...layers.map(({ layer }) => layer)) - 1;
  return {
    verdict: verdict ?? 'undecided',
    layers,
    suspects: suspects.map((suspect) => suspectSentence(suspect, depth)),
    sentence: rows.length === 0 ? '' : coordinateSentence(report, Object.values(labels)[0] ?? ''),
  };
}
