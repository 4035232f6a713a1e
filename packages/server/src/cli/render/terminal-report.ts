import type { ComparisonReport, ComparisonRequest } from '@widthwise/core';
import {
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  HOW_TO_READ,
  remarks,
} from '@widthwise/figures';
import type { ReportContext } from '../../report/report-context.ts';
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
    ...(report.complete ? [terminal.plain(nextCommand(context))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function nextCommand({ request, command }: ReportContext<ComparisonRequest>): string {
  const [says, flag, value] =
    request.data.kind === 'csv'
      ? ['with exponents of your own', '--parametrizations', 'mup,abc:FILE.json']
      : ['again with your data', '--data', 'csv:FILE'];
  const same = command.split(' ').includes(flag) ? 'widthwise compare' : command;
  return `${says}  ${same} ${flag} ${value}`;
}
