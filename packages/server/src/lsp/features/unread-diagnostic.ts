import { type Analysis, unreadText } from '@widthwise/analysis';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { messageText } from '../connection/message-text.ts';

/** What was not read of an open file; not that it does not parse, as while somebody types. */
export function unreadOf({ unread }: Analysis): readonly string[] {
  return unread.filter(({ kind }) => kind !== 'syntax').map(unreadText);
}

/** Says on a file's first line that it was not read. It has no length: no line of it need be the cause. */
export function unreadDiagnostic(why: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: 'widthwise',
    message: messageText(`This file ${why}. It is read again when it changes.`),
  };
}
