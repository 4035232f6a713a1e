import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import { logText } from '../connection/message-text.ts';
import { codeLenses } from './code-lens.ts';
import { DECLARE_WIDTH, registerDeclareWidth } from './declare-width.ts';
import { publishDiagnostics } from './diagnostics-publisher.ts';
import { documentAnalyses } from './document-analyses.ts';
import { documentOptions } from './document-options.ts';
import { registerExplain } from './explain.ts';
import { registerFileStatus } from './file-status.ts';
import { hover } from './hover.ts';

/** What the answer to `initialize` says of the analysis; merged into the server's capabilities. */
export const ANALYSIS_CAPABILITIES: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  hoverProvider: true,
  codeLensProvider: {},
  executeCommandProvider: { commands: [DECLARE_WIDTH] },
};

export interface AnalysisFeatures {
  /** Of `initialize`. */
  begin(params: InitializeParams): void;
  /** After `initialized`. */
  follow(): void;
}

/** Binds diagnostics, hovers, lenses, Explain and their commands to a connection. Call it before `connection.listen()`. */
export function registerAnalysis(
  connection: Connection,
  analyser: FileAnalyser,
  folders: () => readonly string[],
): AnalysisFeatures {
  const documents = new TextDocuments(TextDocument);
  const options = documentOptions(connection);
  const documentOf = (uri: string): TextDocument | undefined => documents.get(uri);
  const analyses = documentAnalyses({ analyser, optionsOf: options.of, documentOf });
  const report = (error: unknown): void => connection.console.error(logText(String(error)));

  const publishAll = publishDiagnostics(connection, documents, analyses);
  documents.listen(connection);
  connection.onHover(async ({ textDocument, position }) => {
    const shown = await analyses.shown(textDocument.uri);
    return shown && hover(shown.document, shown.analysis, shown.document.offsetAt(position));
  });
  connection.onCodeLens(async ({ textDocument }) => {
    const shown = await analyses.shown(textDocument.uri);
    return shown === null ? [] : codeLenses(shown.document, shown.analysis);
  });
  registerExplain(connection, { analyser, documents, analyses, options, folders });
  registerFileStatus(connection, documents, analyses);
  registerDeclareWidth(connection, analyses);

  let refreshesLenses = false;
  let registersConfiguration = false;
  const configurationChanged = (): void => {
    options.forget();
    analyses.forget();
    publishAll();
    if (refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(report);
  };
  connection.onDidChangeConfiguration(configurationChanged);
  connection.onDidChangeWatchedFiles(configurationChanged);
  return {
    begin({ capabilities }) {
      options.begin(capabilities);
      refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
      registersConfiguration = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    },
    follow() {
      if (!registersConfiguration) return;
      const section = { section: 'widthwise' };
      connection.client.register(DidChangeConfigurationNotification.type, section).catch(report);
    },
  };
}
