import { counted, SIGNS } from '@widthwise/figures';
import type { BuiltTransferReport } from '../../report/built-transfer/built-transfer-report.ts';
import {
  builtTransferNotes,
  builtTransferSentence,
  builtTransferTable,
  HOW_TO_READ_BUILT_TRANSFER,
} from '../../report/built-transfer/built-transfer-words.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { TONES } from '../terminal/tones.ts';
import { rateTableLines } from './transfer-report.ts';

/** The best rates of a built model for a terminal: verdict, table, what they show, files. */
export function builtTransferText(
  report: BuiltTransferReport,
  { terminal, written }: { readonly terminal: Terminal; readonly written: readonly string[] },
): string {
  const { mark, text } = builtTransferSentence(report);
  const files = written.length === 0 ? [] : ['', terminal.plain(`report  ${written.join('  ')}`)];
  // Without a verdict there is nothing to explain; what had ended is in the files.
  if (report.ending === 'stopped' && report.failures.length === 0) {
    const ended = `${counted(report.rows.length, 'run')} had ended.`;
    return `${[prose(`${text} ${ended}`, terminal), ...files].join('\n')}\n`;
  }
  const lines = [
    terminal.toned(TONES[mark], prose(`${SIGNS[mark]} ${text}`.trim(), terminal)),
    '',
    ...rateTableLines(builtTransferTable(report), terminal),
    '',
    terminal.toned('dim', prose(HOW_TO_READ_BUILT_TRANSFER, terminal)),
    ...builtTransferNotes(report).map((note) => terminal.toned('dim', prose(`Note: ${note}.`, terminal))),
    ...files,
  ];
  return `${lines.join('\n')}\n`;
}
