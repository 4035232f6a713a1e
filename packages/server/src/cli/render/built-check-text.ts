import { SIGNS } from '@widthwise/figures';
import type { BuiltCheckReport, SuspectInCode } from '../../report/built-check/built-check-report.ts';
import { axisOf } from '../../report/built-check/check-reasons.ts';
import {
  builtCheckRows,
  builtCheckSentence,
  builtSuspectSentence,
  howToReadBuilt,
  placeInCode,
  unforetoldSentences,
} from '../../report/built-check/check-words.ts';
import { columnsOf, padToColumns } from '../terminal/columns.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { TONES } from '../terminal/tones.ts';
import { wrapText } from '../terminal/wrap-text.ts';

/** A coordinate check of a built model for a terminal: verdict, where it begins, table, files. */
export function builtCheckText(
  report: BuiltCheckReport,
  { terminal, written }: { readonly terminal: Terminal; readonly written: readonly string[] },
): string {
  const { check, suspects, failures } = report;
  const mark = { pass: 'yes', warn: 'open', undecided: 'open', fail: 'no' } as const;
  const sign = mark[check.verdict];
  const failed = failures.map(
    ({ width, why }) => `not measured at ${axisOf(report.request).one} ${width ?? '?'}: ${why}`,
  );
  const lines = [
    terminal.toned(TONES[sign], prose(`${SIGNS[sign]} ${builtCheckSentence(report)}.`, terminal)),
    ...suspects.flatMap((suspect) => ['', ...suspectLines(suspect, terminal)]),
    ...failed.map((text) => prose(text, terminal)),
    '',
    ...tableLines(report, terminal),
    '',
    terminal.toned('dim', prose(howToReadBuilt(report), terminal)),
    ...[...unforetoldSentences(report), ...check.notes].map((note) =>
      terminal.toned('dim', prose(`Note: ${note}.`, terminal)),
    ),
    ...(written.length === 0 ? [] : ['', terminal.plain(`report  ${written.join('  ')}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function suspectLines(suspect: SuspectInCode, { plain, columns }: Terminal): readonly string[] {
  const edge = columns ?? Number.POSITIVE_INFINITY;
  const { mending } = suspect;
  const code = suspect.line === null ? '' : `${placeInCode(suspect)}  ${suspect.line.text}`;
  return [
    wrapText(plain(`${builtSuspectSentence(suspect)}.`), edge, 2),
    ...(code === '' ? [] : [`    ${plain(code)}`]),
    ...(mending === ''
      ? []
      : [
          wrapText(
            plain(`to mend it${suspect.rule === null ? '' : ` (${suspect.rule})`}: ${mending}.`),
            edge,
            4,
          ),
        ]),
  ];
}

function tableLines(report: BuiltCheckReport, { plain, toned }: Terminal): readonly string[] {
  const heads = ['place', 'module', 'size at start', 'step', 'size', 'update', '‖ΔW‖₂'];
  const rows = builtCheckRows(report);
  const cells = rows.map(({ layer, kind, start, step, size, update, weight }) =>
    [layer, kind, start, step, size, update, weight].map(plain),
  );
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...cells.map((row) => row[column] ?? '')].map(columnsOf)),
  );
  const line = (row: readonly string[]): string =>
    row.map((text, column) => padToColumns(text, widths[column] ?? 0)).join('  ');
  return [
    toned('dim', line(heads)),
    ...cells.map((row, index) => {
      const { mark, word } = rows[index]!.verdict;
      return `${line(row)}  ${toned(TONES[mark], plain(`${SIGNS[mark]} ${word}`))}`;
    }),
  ];
}
