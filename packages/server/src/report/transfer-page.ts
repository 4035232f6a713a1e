import type { TransferReport, TransferRequest } from '@widthwise/core';
import {
  escapeHtml,
  HOW_TO_READ_TRANSFER,
  SIGNS,
  type TransferTable,
  transferAnswer,
  transferFigures,
  transferTable,
} from '@widthwise/figures';
import { figureElement, htmlPage, noteList, paragraph } from './page.ts';
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

function rateTable({ label, verdict, drift, widths, rows }: TransferTable): string {
  const heads = widths.map((width) => `<th scope="col">${escapeHtml(width)}</th>`);
  const lines = rows.map(
    ({ name, cells }) =>
      `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`,
  );
  const judged = `<span class="verdict-cell ${verdict.mark}">${escapeHtml(`${SIGNS[verdict.mark]} ${verdict.word}`.trim())}</span>`;
  return `<h3>${escapeHtml(`${label}: drift ${drift}`)} ${judged}</h3>
<div class="wide"><table><thead><tr><th scope="col" class="words">width</th>${heads.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}
