import type { CoordinateCheckRequest, CoordinateReport } from '@widthwise/core';
import {
  type CoordinateTableRow,
  checkCell,
  coordinateSentence,
  coordinateTable,
  HOW_TO_READ_CHECK,
  HOW_TO_READ_WEIGHTS,
  SIGNS,
  suspectSentence,
  type WeightTableRow,
  weightTable,
} from '@widthwise/figures';
import type { ShownReport } from '../experiment-command.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { TONES } from '../terminal/tones.ts';
import { ranLines } from './ran-lines.ts';

/** What `widthwise coord-check` prints at the end: verdict, what is suspect, table, files. */
export function coordinateReport(
  report: CoordinateReport,
  { context, ran, terminal }: ShownReport<CoordinateCheckRequest>,
): string {
  const { request, labels } = context;
  const { name } = request.parametrization;
  const { mark } = checkCell(report.verdict);
  const sentence = `${SIGNS[mark]} ${coordinateSentence(report, labels[name] ?? name)}`.trim();
  const lines = [
    '',
    terminal.toned(TONES[mark], prose(sentence, terminal)),
    ...report.suspects.map((suspect) => prose(`${suspectSentence(suspect, request.depth)}.`, terminal)),
    '',
    ...tableLines(coordinateTable(report, request.depth), terminal),
    '',
    terminal.toned('dim', prose(HOW_TO_READ_CHECK, terminal)),
    '',
    ...weightLines(weightTable(report, request.depth), terminal),
    '',
    terminal.toned('dim', prose(HOW_TO_READ_WEIGHTS, terminal)),
    '',
    ...ranLines(report, ran).map(terminal.plain),
  ];
  return `${lines.join('\n')}\n`;
}

/** Slopes aligned at their right, a line a layer and step, a blank one between steps. */
function tableLines(rows: readonly CoordinateTableRow[], terminal: Terminal): string[] {
  const { plain, toned } = terminal;
  const slopes = rows.flatMap(({ size, update }) => [plain(size), plain(update)]);
  const width = Math.max('update'.length, ...slopes.map(({ length }) => length));
  const head = `${'step'.padEnd(6)}${'layer'.padEnd(10)}${'size'.padStart(width)}  ${'update'.padStart(width)}  theory`;
  const lines = rows.map(({ layer, step, size, update, predicted, verdict }, index) => {
    const first = index === 0 || rows[index - 1]!.step !== step;
    const place = `${(first ? String(step) : '').padEnd(6)}${layer.padEnd(10)}`;
    const judged = toned(TONES[verdict.mark], plain(`${SIGNS[verdict.mark]} ${verdict.word}`));
    return `${place}${plain(size).padStart(width)}  ${plain(update).padStart(width)}  ${plain(predicted).padStart('theory'.length)}  ${judged}`;
  });
  return [toned('dim', head), ...lines];
}

/** Slopes of weights, a line a layer. */
function weightLines(rows: readonly WeightTableRow[], { plain, toned }: Terminal): string[] {
  const heads = ['weight', '‖W‖₂', '‖ΔW‖₂', 'alignment'].map(plain);
  const cells = rows.map(({ layer, norm, update, alignment }) => [layer, norm, update, alignment].map(plain));
  const widths = heads.map((head, index) => Math.max(head.length, ...cells.map((row) => row[index]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, index) => (index === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[index]!)))
      .join('  ');
  return [toned('dim', line(heads)), ...cells.map(line)];
}
