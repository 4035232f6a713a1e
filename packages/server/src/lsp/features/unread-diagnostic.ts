import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { messageText } from '../connection/message-text.ts';

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
