import type { ComparisonReport, Slope } from '@widthwise/core';
import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import {
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  howToRead,
  infiniteTable,
  judgedSlopeText,
  remarks,
  SIGNS,
  slopeText,
  type TableRow,
  type VerdictCell,
} from '@widthwise/figures';
import { featureMarkdown } from './feature-markdown.ts';
import { infiniteMarkdown } from './infinite-markdown.ts';
import { measurementNotes } from './measurement-notes.ts';
import type { ReportContext } from './report-context.ts';

/** A report as GitHub-flavored Markdown: verdict, table, remarks, how it was measured. */
export function renderMarkdown(report: ComparisonReport, context: ReportContext): string {
  const setting = comparisonSetting(context);
  const table = comparisonTable(report, setting);
  const head = [
    'parametrization',
    'features',
    'richness',
    ...table.layers.map((layer) => `movement, layer ${layer}`),
    ...table.layers.map((layer) => `λ_min, layer ${layer}`),
    ...table.layers.map((layer) => `joint λ_min, layer ${layer}`),
    `loss at ${table.widest}`,
  ];
  const sections = [
    markdown`# ${context.dataTitle}: which parametrization keeps features moving and rich?`,
    markdown`**${comparisonSentence(report, context.labels)}**`,
    tableMarkdown(
      head,
      table.rows.map((row) => cells(row, head.length)),
      head.map((_, index) => (index === 0 ? 'left' : 'right')),
    ),
    markdown`${howToRead(setting)}`,
    ...remarks(report, context.labels).map((remark) => markdown`${remark}`),
    ...infiniteMarkdown(infiniteTable(report.infiniteWidth, setting), setting),
    ...featureMarkdown(
      Object.entries(report.features ?? {}).map(([name, layers]) => ({
        label: context.labels[name] ?? name,
        layers,
      })),
    ),
    markdown`## What was measured`,
    joinMarkdown(
      measurementNotes(context).map(({ term, text }) => markdown`- **${term}:** ${text}`),
      '\n',
    ),
    markdown`Again:`,
    codeBlockMarkdown(context.command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}

function cells(row: TableRow, count: number): readonly string[] {
  if (row.statement !== null) {
    return [
      row.label,
      `${SIGNS[row.statement.mark]} ${row.statement.word}`,
      ...Array.from({ length: count - 2 }, () => ''),
    ];
  }
  const slopes = (of: readonly Slope[]): string[] => of.map(slopeText);
  const verdict = ({ mark, word }: VerdictCell): string => `${SIGNS[mark]} ${word}`.trim();
  return [
    row.label,
    verdict(row.features),
    verdict(row.richness),
    ...row.movement.map(judgedSlopeText),
    ...slopes(row.lambdaMin),
    ...slopes(row.lambdaMinJoint),
    row.loss,
  ];
}
