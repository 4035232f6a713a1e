import { type Analysis, unfoundText } from '@widthwise/analysis';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageText } from '../connection/message-text.ts';
import { rangeOf } from './ranges.ts';

/** At each comment that declares a width which no model has, that it does nothing. */
export function unfoundDiagnostics(
  document: TextDocument,
  { unfound, models }: Pick<Analysis, 'unfound' | 'models'>,
): Diagnostic[] {
  return unfound.map(({ name, span }) => ({
    range: rangeOf(document, span),
    severity: DiagnosticSeverity.Warning,
    source: 'widthwise',
    message: messageText(`${unfoundText(name, 'of the file', models)}.`),
  }));
}
