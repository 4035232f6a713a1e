import type { ComparisonReport } from '@widthwise/core';
import {
  comparisonFigures,
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  howToRead,
  infiniteTable,
  remarks,
} from '@widthwise/figures';
import { evidenceTable, verdictTable } from './html-table.ts';
import { infiniteSection } from './infinite-section.ts';
import { measurementNotes } from './measurement-notes.ts';
import { featureSection, figureElement, htmlPage, noteList, paragraph } from './page.ts';
import type { ReportContext } from './report-context.ts';

/** A report as one HTML file that needs no network: verdict, table, figures, how it was measured. */
export function renderHtml(report: ComparisonReport, context: ReportContext): string {
  const setting = comparisonSetting(context);
  const table = comparisonTable(report, setting);
  const { againstWidth, overSteps, atInfiniteWidth } = comparisonFigures(report, setting);
  const infinite = infiniteTable(report.infiniteWidth, setting);
  const figures = [...againstWidth, ...overSteps, ...(infinite === null ? [] : [atInfiniteWidth])].map(
    (row) => `<div class="figures">${row.map(figureElement).join('\n')}</div>`,
  );
  return htmlPage(
    {
      title: `${context.dataTitle}: which parametrization keeps features moving and rich?`,
      verdict: comparisonSentence(report, context.labels),
      body: [
        '<h2>Slopes and verdicts</h2>',
        verdictTable(table),
        remarks(report, context.labels).map(paragraph).join('\n'),
        paragraph(howToRead(setting)),
        '<h2>Beside the verdict</h2>',
        evidenceTable(table),
        ...infiniteSection(infinite, setting),
        '<h2>Figures</h2>',
        figures.join('\n'),
        ...featureSection(
          setting.parametrizations.map(({ name, label }) => ({
            label,
            layers: report.features?.[name] ?? [],
          })),
        ),
        '<h2>What was measured</h2>',
        noteList(measurementNotes(context)),
      ],
    },
    context,
  );
}
