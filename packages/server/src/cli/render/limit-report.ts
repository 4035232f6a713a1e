import type { LimitReport, LimitRequest } from '@widthwise/core';
import { HOW_TO_READ_LIMIT, type LimitTable, limitSentences, limitTables } from '@widthwise/figures';
import type { ShownReport } from '../experiment-command.ts';
import { alignedLines } from '../terminal/aligned-lines.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { ranLines } from './ran-lines.ts';

/** What `widthwise limit` prints at the end: what networks come to, tables, files. */
export function limitReport(
  report: LimitReport,
  { context, ran, terminal }: ShownReport<LimitRequest>,
): string {
  const { request, labels } = context;
  const { name } = request.parametrization;
  const [first, ...others] = limitSentences(report, labels[name] ?? name);
  const lines = [
    '',
    terminal.toned('strong', prose(first ?? '', terminal)),
    ...others.map((sentence) => prose(sentence, terminal)),
    '',
    ...limitTables(report, request.widths).flatMap((table) => [...tableLines(table, terminal), '']),
    terminal.toned('dim', prose(HOW_TO_READ_LIMIT, terminal)),
    '',
    ...ranLines(report, ran).map(terminal.plain),
  ];
  return `${lines.join('\n')}\n`;
}

function tableLines(table: LimitTable, terminal: Terminal): string[] {
  return [terminal.plain(table.title), ...alignedLines(table, terminal)];
}
