import type { LimitReport, LimitRequest } from '@widthwise/core';
import {
  escapeHtml,
  HOW_TO_READ_LIMIT,
  type LimitTable,
  limitFigures,
  limitSentences,
  limitTables,
} from '@widthwise/figures';
import { limitNotes } from './limit-notes.ts';
import { figureElement, htmlPage, noteList, paragraph } from './page.ts';
import { pageTable, textRow } from './page-table.ts';
import type { ReportContext } from './report-context.ts';

/** A limit as one HTML file: what networks come to, figures, tables, how it was measured. */
export function limitPage(report: LimitReport, context: ReportContext<LimitRequest>): string {
  const { request, labels, dataTitle } = context;
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const [first = '', ...evidence] = limitSentences(report, label);
  return htmlPage(
    {
      title: `${label} on ${dataTitle}: what do networks come to as they widen?`,
      verdict: first,
      body: [
        `<ul>${evidence.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`,
        '<h2>Figures</h2>',
        `<div class="figures">${limitFigures(report, request).map(figureElement).join('\n')}</div>`,
        ...limitTables(report, request.widths).map(tableElement),
        paragraph(HOW_TO_READ_LIMIT),
        '<h2>What was measured</h2>',
        noteList(limitNotes(context)),
      ],
    },
    context,
  );
}

function tableElement({ title, heads, rows }: LimitTable): string {
  return `<h2>${escapeHtml(title)}</h2>
${pageTable(heads, rows.map(textRow))}`;
}
