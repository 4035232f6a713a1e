import { LIMIT } from '@widthwise/core';
import { limitSentences } from '@widthwise/figures';
import { type WiredExperiment, wired } from './wired-experiment.ts';

/** `limit` on the wire. */
export const WIRED_LIMIT: WiredExperiment = wired(LIMIT, {
  name: 'limit',
  judgement: (report, labels) => {
    const [sentence = '', ...evidence] = limitSentences(report, Object.values(labels)[0] ?? '');
    return { ...report, sentence, evidence };
  },
});
