import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ExplainModel } from '@widthwise/protocol';
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
import type { Analyser } from '../analysis/analyse.ts';
import { explainMarkdown } from '../explain/explain-markdown.ts';
import { answering, Refusal } from '../lsp/answering.ts';
import { codeLenses } from './code-lens.ts';
import { diagnostics } from './diagnostics.ts';
import { documentAnalyses } from './document-analyses.ts';
import { documentOptions } from './document-options.ts';
import { hover } from './hover.ts';

/** What the answer to `initialize` says of the analysis; merged into the server's capabilities. */
export const ANALYSIS_CAPABILITIES: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  hoverProvider: true,
  codeLensProvider: {},
};

export interface AnalysisFeatures {
  /** Of `initialize`. */
  begin(params: InitializeParams): void;
  /** After `initialized`. */
  follow(): void;
}

/** Typing is over when nothing has come for so long. */
const PAUSE_MS = 120;

/** Binds diagnostics, hovers, lenses and Explain to a connection. Call it before `connection.listen()`. */
export function registerAnalysis(connection: Connection, analyser: Promise<Analyser>): AnalysisFeatures {
  const documents = new TextDocuments(TextDocument);
  const options = documentOptions(connection);
  const analyses = documentAnalyses(analyser, options.of);
  const pending = new Map<string, NodeJS.Timeout>();
  let refreshesLenses = false;
  let registersConfiguration = false;

  const publish = async (uri: string): Promise<void> => {
    pending.delete(uri);
    const document = documents.get(uri);
    if (document === undefined) return;
    const { version } = document;
    const analysis = await analyses.of(document);
    if (documents.get(uri)?.version !== version) return;
    const found = analysis === null ? [] : diagnostics(document, analysis.findings);
    await connection.sendDiagnostics({ uri, version, diagnostics: found });
  };
  const schedule = (uri: string, delayMs: number): void => {
    clearTimeout(pending.get(uri));
    pending.set(
      uri,
      setTimeout(() => void publish(uri).catch(report), delayMs),
    );
  };
  const report = (error: unknown): void =>
    connection.console.error(`analysis failed: ${error instanceof Error ? error.stack : String(error)}`);
  const again = (): void => {
    options.forget();
    analyses.forget();
    for (const uri of documents.keys()) schedule(uri, 0);
    if (refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(report);
  };

  documents.onDidOpen(({ document }) => schedule(document.uri, 0));
  documents.onDidChangeContent(({ document }) =>
    schedule(document.uri, document.version === 1 ? 0 : PAUSE_MS),
  );
  documents.onDidClose(({ document }) => {
    clearTimeout(pending.get(document.uri));
    pending.delete(document.uri);
    analyses.close(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  documents.listen(connection);
  connection.onDidChangeConfiguration(again);
  connection.onDidChangeWatchedFiles(again);

  connection.onHover(async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const analysis = document && (await analyses.of(document));
    return document && analysis ? hover(document, analysis, document.offsetAt(position)) : null;
  });
  connection.onCodeLens(async ({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    const analysis = document && (await analyses.of(document));
    return document && analysis ? codeLenses(document, analysis) : [];
  });
  connection.onRequest(
    ExplainModel,
    answering(connection.console, ExplainModel.method, async ({ uri, className }) => {
      const document = documents.get(uri) ?? (await documentOnDisk(uri));
      const analysis = (await analyser).analyse(document.getText(), await options.always(uri));
      const models = analysis.models.filter(({ name }) => className === undefined || name === className);
      if (models.length === 0) throw new Refusal('unknown-model', noModel(uri, className));
      return { markdown: explainMarkdown(models) };
    }),
  );
  return {
    begin({ capabilities }) {
      options.begin(capabilities);
      refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
      registersConfiguration = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    },
    follow() {
      if (registersConfiguration) {
        connection.client
          .register(DidChangeConfigurationNotification.type, { section: 'widthwise' })
          .catch(report);
      }
    },
  };
}

async function documentOnDisk(uri: string): Promise<TextDocument> {
  try {
    const text = await readFile(fileURLToPath(uri), 'utf8');
    return TextDocument.create(uri, 'python', 0, text);
  } catch {
    throw new Refusal('unknown-model', `${uri} cannot be read`);
  }
}

function noModel(uri: string, className: string | undefined): string {
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return className === undefined
    ? `${file} has no model that can be read: a class of torch.nn.Module with layers`
    : `${file} has no model ${className}`;
}
