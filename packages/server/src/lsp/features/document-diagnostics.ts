import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Reading } from '../../sources/analyser/file-analyser.ts';
import { diagnostics } from './diagnostics.ts';
import { unfoundDiagnostics } from './unfound-diagnostics.ts';
import { unreadDiagnostic, unreadOf } from './unread-diagnostic.ts';

/** What there is to say of a document: what was not read of it, what is declared for nothing, and what was found. */
export function diagnosticsOf(document: TextDocument, reading: Reading | null): Diagnostic[] {
  switch (reading?.kind) {
    case 'read':
      return [
        ...unreadOf(reading.analysis).map(unreadDiagnostic),
        ...unfoundDiagnostics(document, reading.analysis),
        ...diagnostics(document, reading.analysis.findings),
      ];
    case 'unread':
      return [unreadDiagnostic(reading.why)];
    default:
      return [];
  }
}
