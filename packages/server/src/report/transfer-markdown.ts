import type { TransferReport, TransferRequest } from '@widthwise/core';
import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import { HOW_TO_READ_TRANSFER, SIGNS, transferSentences, transferTable } from '@widthwise/figures';
import type { ReportContext } from './report-context.ts';
import { transferNotes } from './transfer-notes.ts';

/** A search for the best rates as GitHub-flavored Markdown: verdicts, tables, how to do it again. */
export function transferMarkdown(
  { transfers }: TransferReport,
  context: ReportContext<TransferRequest>,
): string {
  const { request, dataTitle, labels, command } = context;
  const tables = transfers.map((transfer) =>
    transferTable(transfer, {
      label: labels[transfer.parametrization] ?? transfer.parametrization,
      objective: request.objective,
    }),
  );
  const sections = [
    markdown`# ${dataTitle}: does the best learning rate transfer across width?`,
    ...transferSentences(transfers, labels).map(
      ({ mark, text }) => markdown`**${`${SIGNS[mark]} ${text}`.trim()}**`,
    ),
    ...tables.flatMap(({ label, drift, widths, rows }) => [
      markdown`## ${label}: drift ${drift}`,
      tableMarkdown(
        ['width', ...widths],
        rows.map(({ name, cells }) => [name, ...cells]),
        ['left', ...widths.map(() => 'right' as const)],
      ),
    ]),
    markdown`${HOW_TO_READ_TRANSFER}`,
    markdown`## What was measured`,
    joinMarkdown(
      transferNotes(context).map(({ term, text }) => markdown`- **${term}:** ${text}`),
      '\n',
    ),
    markdown`Again:`,
    codeBlockMarkdown(command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}
