import {
  type ClientCapabilities,
  type Connection,
  DiagnosticRefreshRequest,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { logText } from '../connection/message-text.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import { diagnosticsOf } from './document-diagnostics.ts';

/** Typing is over when nothing has come for so long, and so are changes of configuration. */
export const PAUSE_MS = 120;

/** Makes diagnostics again that are out of date though their document has not changed. */
export interface DiagnosticsPublisher {
  /** An editor that asks for diagnostics is sent none, and told when to ask again. */
  begin(capabilities: ClientCapabilities): void;
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

/** Whether an editor asks for the diagnostics of its documents. */
export function asksForDiagnostics({ textDocument }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined;
}

/** Keeps an editor's diagnostics up to date. */
export function publishDiagnostics(
  connection: Connection,
  documents: OpenDocuments,
  analyses: DocumentAnalyses,
): DiagnosticsPublisher {
  const pending = new Map<string, NodeJS.Timeout>();
  let isAsked = false;
  const askedAgain = refreshing(connection);
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
    if (isAsked) return;
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
    if (!isAsked) void connection.sendDiagnostics({ uri, diagnostics: [] });
  };
  documents.onDidClose(({ document }) => {
    analyses.close(document.uri);
    retract(document.uri);
  });
  return {
    begin(capabilities) {
      isAsked = asksForDiagnostics(capabilities);
      askedAgain.begin(capabilities);
    },
    publish: (uri) => {
      schedule(uri, PAUSE_MS);
      if (isAsked) askedAgain.soon();
    },
    retract,
    publishAll: () => {
      for (const uri of documents.keys()) schedule(uri, PAUSE_MS);
      if (isAsked) askedAgain.soon();
    },
  };
}

/** Tells an editor that can do so to ask for its diagnostics again, once for what changes together. */
function refreshing(
  connection: Connection,
): Pick<DiagnosticsPublisher, 'begin'> & { readonly soon: () => void } {
  let isAble = false;
  let pending: NodeJS.Timeout | undefined;
  const refresh = (): void =>
    void connection
      .sendRequest(DiagnosticRefreshRequest.type)
      .catch((error) => connection.console.error(logText(String(error))));
  return {
    begin({ workspace }) {
      isAble = workspace?.diagnostics?.refreshSupport === true;
    },
    soon() {
      clearTimeout(pending);
      if (isAble) pending = setTimeout(refresh, PAUSE_MS);
    },
  };
}
