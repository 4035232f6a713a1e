import type { TransferReport, TransferRequest } from '@widthwise/core';
import { HOW_TO_READ_TRANSFER, transferAnswer, transferFigures, transferTable } from '@widthwise/figures';
import { figureElement, htmlPage, noteList, paragraph } from './page.ts';
import { rateTable } from './rate-table.ts';
import type { ReportContext } from './report-context.ts';
import { transferNotes } from './transfer-notes.ts';

/** A search for the best rates as one HTML file: verdicts, tables, figures, how it was measured. */
export function transferPage(report: TransferReport, context: ReportContext<TransferRequest>): string {
  const { request, labels, dataTitle } = context;
  const parametrizations = request.parametrizations.map(({ name }) => ({
    name,
    label: labels[name] ?? name,
  }));
  const tables = report.transfers.map((transfer) =>
    transferTable(transfer, {
      label: labels[transfer.parametrization] ?? transfer.parametrization,
      objective: request.objective,
    }),
  );
  const figures = transferFigures(report, { ...request, parametrizations });
  return htmlPage(
    {
      title: `${dataTitle}: does the best learning rate transfer across width?`,
      verdict: transferAnswer(report.transfers, labels),
      body: [
        '<h2>Best rates</h2>',
        tables.map(rateTable).join('\n'),
        paragraph(HOW_TO_READ_TRANSFER),
        '<h2>Figures</h2>',
        `<div class="figures">${figures.map(figureElement).join('\n')}</div>`,
        '<h2>What was measured</h2>',
        noteList(transferNotes(context)),
      ],
    },
    context,
  );
}
