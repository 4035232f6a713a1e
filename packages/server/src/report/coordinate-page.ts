import type { CoordinateCheckRequest, CoordinateReport } from '@widthwise/core';
import {
  type CoordinateTableRow,
  checkCell,
  coordinateFigures,
  coordinateSentence,
  coordinateTable,
  escapeHtml,
  HOW_TO_READ_CHECK,
  HOW_TO_READ_WEIGHTS,
  SIGNS,
  suspectSentence,
  weightTable,
} from '@widthwise/figures';
import { coordinateNotes } from './coordinate-notes.ts';
import { figureElement, htmlPage, noteList, paragraph } from './page.ts';
import { headCell, pageTable, textCell, textRow, verdictCell } from './page-table.ts';
import type { ReportContext } from './report-context.ts';

/** A coordinate check as one HTML file: verdict, what is suspect, layers and weights at the last step, figures, every step. */
export function coordinatePage(
  report: CoordinateReport,
  context: ReportContext<CoordinateCheckRequest>,
): string {
  const { request, labels, dataTitle } = context;
  const { depth, widths, steps } = request;
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const runs = report.rows.map(({ width, series }) => ({ width, columns: series }));
  const figures = coordinateFigures(runs, report, { parametrization: name, widths, depth, step: steps });
  const rows = coordinateTable(report, depth);
  return htmlPage(
    {
      title: `${label} on ${dataTitle}: do coordinates keep their size, and move?`,
      verdict: `${SIGNS[checkCell(report.verdict).mark]} ${coordinateSentence(report, label)}`.trim(),
      body: [
        `<ul>${report.suspects.map((each) => `<li>${escapeHtml(suspectSentence(each, depth))}</li>`).join('')}</ul>`,
        `<h2>Layers at step ${steps}</h2>`,
        layerTable(rows.filter(({ step }) => step === steps)),
        paragraph(HOW_TO_READ_CHECK),
        '<h2>Figures</h2>',
        `<div class="figures">${figures.map(figureElement).join('\n')}</div>`,
        '<h2>Weights at the last step</h2>',
        pageTable(
          ['weight', '‖W‖₂', '‖ΔW‖₂', 'alignment'],
          weightTable(report, depth).map(({ layer, norm, update, alignment }) =>
            textRow([layer, norm, update, alignment]),
          ),
        ),
        paragraph(HOW_TO_READ_WEIGHTS),
        '<h2>Every step</h2>',
        layerTable(rows),
        '<h2>What was measured</h2>',
        noteList(coordinateNotes(context)),
      ],
    },
    context,
  );
}

function layerTable(rows: readonly CoordinateTableRow[]): string {
  return pageTable(
    ['layer', 'verdict', 'at step', 'size, slope', 'update, slope', 'theory'],
    rows.map(
      ({ layer, step, size, update, predicted, verdict }) =>
        `${headCell(layer)}${verdictCell(verdict)}${[String(step), size, update, predicted].map(textCell).join('')}`,
    ),
  );
}
