import { LIMIT } from '@widthwise/core';
import { limitDocument } from '../../report/limit-document.ts';
import { limitMarkdown } from '../../report/limit-markdown.ts';
import { limitPage } from '../../report/limit-page.ts';
import type { Command } from '../command.ts';
import { experimentCommand } from '../experiment-command.ts';
import { limitReport } from '../render/limit-report.ts';

/** `widthwise limit`: what do networks come to as their width grows without end, and how near is each? */
export const limit: Command = experimentCommand({
  experiment: LIMIT,
  spec: {
    summary: 'train networks of several widths beside their infinite-width limit',
    notes: [
      'The limit is exact for linear networks under μP, sampled for one hidden layer, and extrapolated over widths for the rest.',
      'Ctrl-C stops between two steps and keeps what is finished; the same command again computes only the rest.',
    ],
    examples: [
      'widthwise limit',
      'widthwise limit --activation identity --depth 3 --data mixture:2,4,6',
      'widthwise limit --depth 3 --widths 128,256,512',
    ],
  },
  stem: (name) => `widthwise-limit-${name}`,
  forms: {
    json: (report, context) => `${JSON.stringify(limitDocument(report, context), null, 1)}\n`,
    md: limitMarkdown,
    html: limitPage,
  },
  subject: ({ dataTitle, labels }) => `${Object.values(labels)[0]} on ${dataTitle}`,
  print: limitReport,
});
