import { SIGNS, transferFigures } from '@widthwise/figures';
import { figureElement, htmlPage, noteList, paragraph } from '../page.ts';
import { rateTable } from '../rate-table.ts';
import type { ReportContext } from '../report-context.ts';
import type { BuiltTransferReport, BuiltTransferRequest } from './built-transfer-report.ts';
import {
  builtTransferNotes,
  builtTransferSentence,
  builtTransferTable,
  builtTransferTitle,
  HOW_TO_READ_BUILT_TRANSFER,
} from './built-transfer-words.ts';

/** The best rates of a built model as one HTML file: verdict, table, losses over rates, how they were measured. */
export function builtTransferPage(
  report: BuiltTransferReport,
  context: ReportContext<BuiltTransferRequest>,
): string {
  const { request, transfer, rows, versions } = report;
  const { mark, text } = builtTransferSentence(report);
  const table = builtTransferTable(report);
  const { parametrization: name, optima } = transfer;
  const figures = transferFigures(
    { complete: report.ending !== 'stopped', transfers: [transfer], rows },
    {
      parametrizations: [{ name, label: request.factory }],
      widths: optima.map(({ width }) => width),
      objective: 'end',
    },
  );
  return htmlPage(
    {
      title: builtTransferTitle(report),
      verdict: `${SIGNS[mark]} ${text}`.trim(),
      body: [
        '<h2>Best rates</h2>',
        rateTable(table),
        paragraph(HOW_TO_READ_BUILT_TRANSFER),
        '<h2>Figures</h2>',
        `<div class="figures">${figures.map(figureElement).join('\n')}</div>`,
        '<h2>What was measured</h2>',
        noteList([
          { term: 'factory', text: `${request.file}:${request.factory}` },
          {
            term: 'runs',
            text: `${rows.length}: widths ${table.widths.join(', ')}, seeds 0 … ${request.seeds - 1}, ${request.steps} steps each`,
          },
          {
            term: 'with',
            text: `${versions?.libraries ?? '?'} on Python ${versions?.python ?? '?'}, ${context.machine}`,
          },
          ...builtTransferNotes(report).map((note) => ({ term: 'note', text: `${note}.` })),
        ]),
      ],
    },
    context,
  );
}
