import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import { SIGNS } from '@widthwise/figures';
import type { ReportContext } from '../report-context.ts';
import type { BuiltTransferReport, BuiltTransferRequest } from './built-transfer-report.ts';
import {
  builtTransferNotes,
  builtTransferSentence,
  builtTransferTable,
  builtTransferTitle,
  HOW_TO_READ_BUILT_TRANSFER,
} from './built-transfer-words.ts';

/** The best rates of a built model as GitHub-flavored Markdown, as they go into a pull request. */
export function builtTransferMarkdown(
  report: BuiltTransferReport,
  { command, version }: ReportContext<BuiltTransferRequest>,
): string {
  const { mark, text } = builtTransferSentence(report);
  const { drift, widths, rows } = builtTransferTable(report);
  const { versions } = report;
  const sections = [
    markdown`# ${builtTransferTitle(report)}`,
    markdown`**${`${SIGNS[mark]} ${text}`.trim()}**`,
    markdown`Drift ${drift}.`,
    tableMarkdown(
      ['width', ...widths],
      rows.map(({ name, cells }) => [name, ...cells]),
      ['left', ...widths.map(() => 'right' as const)],
    ),
    markdown`${HOW_TO_READ_BUILT_TRANSFER}`,
    joinMarkdown(
      builtTransferNotes(report).map((note) => markdown`- ${note}.`),
      '\n',
    ),
    markdown`With ${versions?.libraries ?? '?'}, Python ${versions?.python ?? '?'}, widthwise ${version}. Again:`,
    codeBlockMarkdown(command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}
