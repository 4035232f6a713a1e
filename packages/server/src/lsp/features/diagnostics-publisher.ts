import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Reading } from '../../sources/analyser/file-analyser.ts';
import { logText } from '../connection/message-text.ts';
import { diagnostics } from './diagnostics.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import { unreadDiagnostic, unreadOf } from './unread-diagnostic.ts';

/** Typing is over when nothing has come for so long, and so are changes of configuration. */
const PAUSE_MS = 120;

/** Makes diagnostics again that are out of date though their document has not changed. */
export interface DiagnosticsPublisher {
  publish(uri: string): void;
  publishAll(): void;
  /** Takes those of a document back that is no more. */
  retract(uri: string): void;
}

/** The documents that diagnostics are of. */
export type OpenDocuments = Pick<
  TextDocuments<TextDocument>,
  'get' | 'keys' | 'onDidOpen' | 'onDidChangeContent' | 'onDidClose'
>;

/** Keeps an editor's diagnostics up to date. */
export function publishDiagnostics(
  connection: Connection,
  documents: OpenDocuments,
  analyses: DocumentAnalyses,
): DiagnosticsPublisher {
  const pending = new Map<string, NodeJS.Timeout>();
  const publish = async (uri: string): Promise<void> => {
    pending.delete(uri);
    const document = documents.get(uri);
    if (document === undefined) return;
    const { version } = document;
    const reading = await analyses.of(document);
    if (documents.get(uri)?.version !== version || reading?.kind === 'cancelled') return;
    if (reading?.kind === 'unread')
      connection.console.error(logText(`${uri} ${reading.why}: ${reading.detail ?? ''}`));
    await connection.sendDiagnostics({
      uri,
      version,
      diagnostics: diagnosticsOf(document, reading),
    });
  };
  const schedule = (uri: string, delayMs: number): void => {
    clearTimeout(pending.get(uri));
    const run = () =>
      void publish(uri).catch((error) => connection.console.error(logText(`analysis failed: ${error}`)));
    pending.set(uri, setTimeout(run, delayMs));
  };

  const fresh = new Set<string>();
  documents.onDidOpen(({ document }) => {
    fresh.add(document.uri);
    schedule(document.uri, 0);
  });
  // A document that is opened changes, too: that is no typing.
  documents.onDidChangeContent(({ document }) =>
    schedule(document.uri, fresh.delete(document.uri) ? 0 : PAUSE_MS),
  );
  const retract = (uri: string): void => {
    clearTimeout(pending.get(uri));
    pending.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  };
  documents.onDidClose(({ document }) => {
    analyses.close(document.uri);
    retract(document.uri);
  });
  return {
    publish: (uri) => schedule(uri, PAUSE_MS),
    retract,
    publishAll: () => {
      for (const uri of documents.keys()) schedule(uri, PAUSE_MS);
    },
  };
}

function diagnosticsOf(document: TextDocument, reading: Reading | null): Diagnostic[] {
  switch (reading?.kind) {
    case 'read':
      return [
        ...unreadOf(reading.analysis).map(unreadDiagnostic),
        ...diagnostics(document, reading.analysis.findings),
      ];
    case 'unread':
      return [unreadDiagnostic(reading.why)];
    default:
      return [];
  }
}
