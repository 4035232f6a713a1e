import type { ComparisonReport } from '@widthwise/core';
import {
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  counted,
  durationText,
  HOW_TO_READ,
  networkText,
  remarks,
  trainingText,
} from '@widthwise/figures';
import type { PlanOutcome } from '../../lab/runs/plan-events.ts';
import type { ReportContext } from '../../report/report-context.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { terminalTable } from './terminal-table.ts';

export interface Execution {
  readonly outcome: PlanOutcome;
  readonly seconds: number;
  /** Paths of the files that were written. */
  readonly written: readonly string[];
}

/** What `widthwise compare` prints before it starts: what, how many, where, how long. */
export function terminalHeader(
  { dataTitle, dataReading, request }: Pick<ReportContext, 'dataTitle' | 'dataReading' | 'request'>,
  work: string,
  terminal: Terminal,
): string {
  const { widths, seeds } = request;
  const setting = [
    dataTitle,
    networkText(request),
    trainingText(request),
    `widths ${widths.join(' ')}`,
    counted(seeds, 'seed'),
  ];
  const read = dataReading === null ? [] : [`read as ${dataReading}`];
  return [setting.join(' · '), ...read, work].map((line) => `${prose(line, terminal)}\n`).join('');
}

/** What `widthwise compare` prints at the end: table, verdict, what belongs beside it, files, next command. */
export function terminalReport(
  report: ComparisonReport,
  context: ReportContext,
  execution: Execution,
  terminal: Terminal,
): string {
  const lines = [
    '',
    ...terminalTable(comparisonTable(report, comparisonSetting(context)), terminal),
    '',
    terminal.toned('strong', prose(comparisonSentence(report, context.labels), terminal)),
    ...remarks(report, context.labels).map((remark) => prose(remark, terminal)),
    terminal.toned('dim', prose(HOW_TO_READ, terminal)),
    '',
    ...ending(report, context, execution).map(terminal.plain),
  ];
  return `${lines.join('\n')}\n`;
}

function prose(text: string, terminal: Terminal): string {
  return wrapText(terminal.plain(text), terminal.columns ?? Number.POSITIVE_INFINITY);
}

function ending(
  report: ComparisonReport,
  { request }: ReportContext,
  { outcome, seconds, written }: Execution,
): string[] {
  const { computed, stored } = outcome;
  const kept = [
    ...(computed > 0 ? [`${counted(computed, 'run')} computed in ${durationText(seconds)}`] : []),
    ...(stored > 0 ? [`${counted(stored, 'run')} from the store`] : []),
  ];
  const page = written.find((path) => path.endsWith('.html'));
  return [
    `${kept.join(', ') || 'no run finished'}${report.complete ? '' : '; the same command again computes the rest'}`,
    ...(page === undefined
      ? []
      : [`report  ${page}      numbers  ${written.find((path) => path.endsWith('.json'))}`]),
    ...(report.complete ? [nextCommand(request.data.kind)] : []),
  ];
}

function nextCommand(dataKind: string): string {
  return dataKind === 'csv'
    ? 'with exponents of your own  widthwise compare --parametrizations mup,abc:FILE.json'
    : 'again with your data  widthwise compare --data csv:FILE';
}
