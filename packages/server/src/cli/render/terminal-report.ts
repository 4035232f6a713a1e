import type { ComparisonReport, ComparisonRequest } from '@widthwise/core';
import {
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  howToRead,
  infiniteTable,
  remarks,
} from '@widthwise/figures';
import type { ReportContext } from '../../report/report-context.ts';
import type { ShownReport } from '../experiment-command.ts';
import { prose } from '../terminal/prose.ts';
import { infiniteLines } from './infinite-lines.ts';
import { ranLines } from './ran-lines.ts';
import { terminalTable } from './terminal-table.ts';

/** What `widthwise compare` prints at the end: table, verdict, what belongs beside it, files, next command. */
export function terminalReport(
  report: ComparisonReport,
  { context, ran, terminal, again }: ShownReport<ComparisonRequest>,
): string {
  const setting = comparisonSetting(context);
  const lines = [
    '',
    ...terminalTable(comparisonTable(report, setting), terminal),
    '',
    terminal.toned('strong', prose(comparisonSentence(report, context.labels), terminal)),
    ...remarks(report, context.labels).map((remark) => prose(remark, terminal)),
    terminal.toned('dim', prose(howToRead(setting), terminal)),
    '',
    ...infiniteLines(infiniteTable(report.infiniteWidth, setting), { terminal, steps: setting.steps }),
    ...ranLines(report, ran).map(terminal.plain),
    ...(report.complete ? nextCommand(context, again).map(terminal.plain) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** What to try next, with all that was asked for now. */
function nextCommand(
  { request, twin }: ReportContext<ComparisonRequest>,
  again: ShownReport<ComparisonRequest>['again'],
): readonly string[] {
  if (request.data.kind !== 'csv') return [`again with your data  ${again({ data: 'csv:FILE' })}`];
  // With a model the exponents are the model's.
  if (twin !== null) return [];
  return [`with exponents of your own  ${again({ parametrizations: ['mup', 'abc:FILE.json'] })}`];
}
