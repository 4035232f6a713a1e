import { COMPARISON } from '@widthwise/core';
import { comparisonDocument } from '../../report/comparison-document.ts';
import { renderHtml } from '../../report/html-page.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import type { Command } from '../command.ts';
import { experimentCommand } from '../experiment-command.ts';
import { terminalReport } from '../render/terminal-report.ts';

/** `widthwise compare`: the poster's table, measured. */
export const compare: Command = experimentCommand({
  experiment: COMPARISON,
  spec: {
    summary: 'train parametrizations over widths and measure which keeps features moving and rich',
    notes: [
      'Ctrl-C stops between two steps and keeps what is finished; the same command again computes only the rest.',
    ],
    examples: [
      'widthwise compare',
      'widthwise compare --data csv:measurements.csv:label=species --seeds 8',
      'widthwise compare --parametrizations mup,abc:mine.json --widths 64,128,256',
    ],
  },
  stem: (name) => `widthwise-${name}`,
  forms: {
    json: (report, context) => `${JSON.stringify(comparisonDocument(report, context), null, 1)}\n`,
    md: renderMarkdown,
    html: renderHtml,
  },
  print: terminalReport,
});
