import type { TransferReport, TransferRequest } from '@widthwise/core';
import {
  HOW_TO_READ_TRANSFER,
  SIGNS,
  type TransferTable,
  transferSentences,
  transferTable,
} from '@widthwise/figures';
import type { ShownReport } from '../experiment-command.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { TONES } from '../terminal/tones.ts';
import { ranLines } from './ran-lines.ts';

/** What `widthwise transfer` prints at the end: a verdict and a table for every parametrization, files. */
export function transferReport(
  report: TransferReport,
  { context, ran, terminal }: ShownReport<TransferRequest>,
): string {
  const { request, labels } = context;
  const tables = report.transfers.map((transfer) =>
    transferTable(transfer, {
      label: labels[transfer.parametrization] ?? transfer.parametrization,
      objective: request.objective,
    }),
  );
  const lines = [
    '',
    ...transferSentences(report.transfers, labels).map(({ mark, text }) =>
      terminal.toned(TONES[mark], prose(`${SIGNS[mark]} ${text}`.trim(), terminal)),
    ),
    '',
    ...tables.flatMap((table) => [...rateTableLines(table, terminal), '']),
    terminal.toned('dim', prose(HOW_TO_READ_TRANSFER, terminal)),
    '',
    ...ranLines(report, ran).map(terminal.plain),
  ];
  return `${lines.join('\n')}\n`;
}

/** A column a width, its name and drift in the first line. */
export function rateTableLines(
  { label, verdict, drift, widths, rows }: TransferTable,
  { plain, toned }: Terminal,
): string[] {
  const all = [{ name: 'width', cells: widths }, ...rows].map(({ name, cells }) =>
    [name, ...cells].map(plain),
  );
  const sizes = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(sizes[0]!) : text.padStart(sizes[column]!)))
      .join('  ');
  const judged = toned(TONES[verdict.mark], plain(`${SIGNS[verdict.mark]} ${verdict.word}`.trim()));
  return [
    `${plain(`${label}: drift ${drift}`)}  ${judged}`.trimEnd(),
    toned('dim', line(all[0]!)),
    ...all.slice(1).map(line),
  ];
}
