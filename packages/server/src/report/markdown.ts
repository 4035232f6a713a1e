import type { ComparisonReport, Slope } from '@widthwise/core';
import {
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  HOW_TO_READ,
  remarks,
  SIGNS,
  slopeText,
  type TableRow,
  type VerdictCell,
} from '@widthwise/figures';
import { escapeMarkdown } from './escape-markdown.ts';
import { measurementNotes } from './measurement-notes.ts';
import type { ReportContext } from './report-context.ts';

/** A report as GitHub-flavored Markdown: verdict, table, remarks, how it was measured. */
export function renderMarkdown(report: ComparisonReport, context: ReportContext): string {
  const table = comparisonTable(report, comparisonSetting(context));
  const head = [
    'parametrization',
    'features',
    'richness',
    ...table.layers.map((layer) => `movement, layer ${layer}`),
    ...table.layers.map((layer) => `λ_min, layer ${layer}`),
    ...table.layers.map((layer) => `joint λ_min, layer ${layer}`),
    `loss at ${table.widest}`,
  ];
  const lines = [
    `# ${escapeMarkdown(context.dataTitle)}: which parametrization keeps features moving and rich?`,
    '',
    `**${escapeMarkdown(comparisonSentence(report, context.labels))}**`,
    '',
    line(head),
    line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...table.rows.map((row) => line(cells(row, head.length))),
    '',
    HOW_TO_READ,
    ...remarks(report, context.labels).map((remark) => `\n${escapeMarkdown(remark)}`),
    '',
    '## What was measured',
    '',
    ...measurementNotes(context).map(({ term, text }) => `- **${term}:** ${escapeMarkdown(text)}`),
    '',
    'Again:',
    '',
    '```sh',
    context.command,
    '```',
  ];
  return `${lines.join('\n')}\n`;
}

function cells(row: TableRow, count: number): string[] {
  const label = escapeMarkdown(row.label);
  if (row.statement !== null) {
    return [label, `${SIGNS.no} ${row.statement}`, ...Array.from({ length: count - 2 }, () => '')];
  }
  const slopes = (of: readonly Slope[]): string[] => of.map(slopeText);
  const verdict = ({ mark, word }: VerdictCell): string => `${SIGNS[mark]} ${word}`.trim();
  return [
    label,
    verdict(row.features),
    verdict(row.richness),
    ...slopes(row.movement),
    ...slopes(row.lambdaMin),
    ...slopes(row.lambdaMinJoint),
    row.loss,
  ];
}

function line(of: readonly string[]): string {
  return `| ${of.join(' | ')} |`;
}
