import type { LimitReport, LimitRequest } from '@widthwise/core';
import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import { HOW_TO_READ_LIMIT, limitSentences, limitTables } from '@widthwise/figures';
import { limitNotes } from './limit-notes.ts';
import type { ReportContext } from './report-context.ts';

/** A limit as GitHub-flavored Markdown: what networks come to, tables, how to do it again. */
export function limitMarkdown(report: LimitReport, context: ReportContext<LimitRequest>): string {
  const { request, dataTitle, labels, command } = context;
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const sections = [
    markdown`# ${`${label} on ${dataTitle}`}: what do networks come to as they widen?`,
    ...limitSentences(report, label).map((sentence) => markdown`**${sentence}**`),
    ...limitTables(report, request.widths).flatMap(({ title, heads, rows }) => [
      markdown`## ${title}`,
      tableMarkdown(
        heads,
        rows,
        heads.map(() => 'right' as const),
      ),
    ]),
    markdown`${HOW_TO_READ_LIMIT}`,
    markdown`## What was measured`,
    joinMarkdown(
      limitNotes(context).map(({ term, text }) => markdown`- **${term}:** ${text}`),
      '\n',
    ),
    markdown`Again:`,
    codeBlockMarkdown(command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}
