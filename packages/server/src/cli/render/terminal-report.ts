import type { ComparisonReport, ComparisonRequest } from '@widthwise/core';
import {
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  HOW_TO_READ,
  remarks,
} from '@widthwise/figures';
import type { ShownReport } from '../experiment-command.ts';
import { prose } from '../terminal/prose.ts';
import { ranLines } from './ran-lines.ts';
import { terminalTable } from './terminal-table.ts';

/** What `widthwise compare` prints at the end: table, verdict, what belongs beside it, files, next command. */
export function terminalReport(
  report: ComparisonReport,
  { context, ran, terminal }: ShownReport<ComparisonRequest>,
): string {
  const lines = [
    '',
    ...terminalTable(comparisonTable(report, comparisonSetting(context)), terminal),
    '',
    terminal.toned('strong', prose(comparisonSentence(report, context.labels), terminal)),
    ...remarks(report, context.labels).map((remark) => prose(remark, terminal)),
    terminal.toned('dim', prose(HOW_TO_READ, terminal)),
    '',
    ...ranLines(report, ran).map(terminal.plain),
    ...(report.complete ? [terminal.plain(nextCommand(context.request.data.kind))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function nextCommand(dataKind: string): string {
  return dataKind === 'csv'
    ? 'with exponents of your own  widthwise compare --parametrizations mup,abc:FILE.json'
    : 'again with your data  widthwise compare --data csv:FILE';
}
