import type { CoordinateCheckRequest, CoordinateReport } from '@widthwise/core';
import {
  coordinateSentence,
  coordinateTable,
  HOW_TO_READ_CHECK,
  SIGNS,
  suspectSentence,
} from '@widthwise/figures';
import { escapeMarkdown } from './escape-markdown.ts';
import type { ReportContext } from './report-context.ts';

/** A coordinate check as GitHub-flavored Markdown: verdict, what is suspect, table, how to do it again. */
export function coordinateMarkdown(
  report: CoordinateReport,
  { request, dataTitle, labels, command, version }: ReportContext<CoordinateCheckRequest>,
): string {
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const rows = coordinateTable(report, request.depth);
  const lines = [
    `# ${escapeMarkdown(`${label} on ${dataTitle}`)}: do coordinates keep their size, and move?`,
    '',
    `**${escapeMarkdown(coordinateSentence(report, label))}**`,
    ...report.suspects.map((suspect) => `\n- ${escapeMarkdown(suspectSentence(suspect, request.depth))}`),
    '',
    '| layer | step | size | update | verdict |',
    '| --- | ---: | ---: | ---: | --- |',
    ...rows.map(({ layer, step, size, update, verdict }) =>
      ['', layer, step, size, update, `${SIGNS[verdict.mark]} ${verdict.word}`.trim(), ''].join(' | ').trim(),
    ),
    '',
    HOW_TO_READ_CHECK,
    '',
    `Widths ${request.widths.join(', ')}; seeds 0 … ${request.seeds - 1}; widthwise ${version}. Again:`,
    '',
    '```sh',
    command,
    '```',
  ];
  return `${lines.join('\n')}\n`;
}
