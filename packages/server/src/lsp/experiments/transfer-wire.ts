import { TRANSFER } from '@widthwise/core';
import { transferAnswer } from '@widthwise/figures';
import { type WiredExperiment, wired } from './wired-experiment.ts';

/** `transfer` on the wire. */
export const WIRED_TRANSFER: WiredExperiment = wired(TRANSFER, {
  name: 'transfer',
  judgement: (report, labels, { objective }) => ({
    ...report,
    objective,
    sentence: report.rows.length === 0 ? '' : transferAnswer(report.transfers, labels),
  }),
});
