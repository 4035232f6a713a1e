import { CONVERGENCE_CHECK } from '@widthwise/core';
import { convergenceDocument } from '../../report/convergence-document.ts';
import { convergenceMarkdown } from '../../report/convergence-markdown.ts';
import { convergencePage } from '../../report/convergence-page.ts';
import type { Command } from '../command.ts';
import { experimentCommand } from '../experiment-command.ts';
import { convergenceReport } from '../render/convergence-report.ts';

/** `widthwise check`: where training stops, is the loss at its minimum, and what keeps it up if not? */
export const check: Command = experimentCommand({
  experiment: CONVERGENCE_CHECK,
  spec: {
    summary: 'check whether training stops at a minimum of the loss, and what keeps it up if not',
    notes: [
      'The exit code is 1 where training diverges, or features cannot fit the data: rank-deficient, with a loss above ε that no readout avoids.',
      'Ctrl-C stops between two steps and keeps what is finished; the same command again computes only the rest.',
    ],
    examples: [
      'widthwise check',
      'widthwise check --parametrization ip --data digits:16',
      'widthwise check --data csv:measurements.csv --widths 512 --steps 1000',
    ],
  },
  stem: (name) => `widthwise-check-${name}`,
  forms: {
    json: (report, context) => `${JSON.stringify(convergenceDocument(report, context), null, 1)}\n`,
    md: convergenceMarkdown,
    html: convergencePage,
  },
  subject: ({ dataTitle, labels }) => `${Object.values(labels)[0]} on ${dataTitle}`,
  print: convergenceReport,
  failed: ({ verdict, bound }) =>
    verdict === 'diverged' ||
    (verdict === 'rank-deficient' && bound !== null && (bound.lossFloor ?? 0) > bound.tolerance),
});
