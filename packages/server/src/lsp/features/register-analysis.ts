import type { ModelOutline } from '@widthwise/analysis';
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  FileChangeType,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { mayBeWritten } from '../../files/may-be-written.ts';
import type { FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import { fileOf } from '../../sources/document-file.ts';
import { logText } from '../connection/message-text.ts';
import { cellAnalyses } from './cell-analyses.ts';
import { CODE_ACTION_KINDS, registerCodeActions } from './code-actions.ts';
import { codeLenses } from './code-lens.ts';
import { commandCapabilities, hasCommands, registerCommands } from './commands.ts';
import { type OpenDocuments, publishDiagnostics } from './diagnostics-publisher.ts';
import { documentAnalyses } from './document-analyses.ts';
import { documentOptions } from './document-options.ts';
import { documentPlaces } from './document-places.ts';
import { registerExplain } from './explain.ts';
import { registerFileStatus } from './file-status.ts';
import { followEdits } from './follow-edits.ts';
import { hover } from './hover.ts';
import { hintCapabilities, inlayHints } from './inlay-hints.ts';
import { nameHover } from './name-hover.ts';
import { neighboursOf } from './neighbours.ts';
import { followNotebooks, type Notebooks } from './notebooks.ts';
import { answerDocumentDiagnostics, pullCapabilities } from './pull-diagnostics.ts';
import { answerWorkspaceDiagnostics } from './workspace-diagnostics.ts';

const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  notebookDocumentSync: { notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }] },
  hoverProvider: true,
  codeLensProvider: {},
  codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS },
};

export interface AnalysisFeatures {
  /** Of `initialize`; what its answer says of the analysis. */
  begin(params: InitializeParams): ServerCapabilities;
  /** After `initialized`. */
  follow(): void;
}

/** The documents of an editor and the Python cells of its notebooks. */
function withCells(files: TextDocuments<TextDocument>, notebooks: Notebooks): OpenDocuments {
  return {
    get: (uri) => files.get(uri) ?? notebooks.cellOf(uri)?.cell,
    keys: () => [...files.keys(), ...notebooks.cells()],
    onDidOpen: files.onDidOpen,
    onDidChangeContent: files.onDidChangeContent,
    onDidClose: files.onDidClose,
  };
}

/** Binds diagnostics, hovers, lenses, Explain and their commands to a connection. Call it before `connection.listen()`. */
export function registerAnalysis(
  connection: Connection,
  analyser: FileAnalyser,
  folders: () => readonly string[],
): AnalysisFeatures {
  const files = new TextDocuments(TextDocument);
  const notebooks = followNotebooks(connection, {
    changed: (cells) => cells.forEach((uri) => void publisher.publish(uri)),
    closed(cells, notebook) {
      if (notebook !== null) fileAnalyses.close(notebook);
      cells.forEach((uri) => void publisher.retract(uri));
    },
  });
  const documents = withCells(files, notebooks);
  const options = documentOptions(connection);
  const documentOf = (uri: string): TextDocument | undefined => documents.get(uri);
  const places = documentPlaces(folders);
  const sources = { analyser, optionsOf: options.of, placeOf: places.of, documentOf };
  const fileAnalyses = documentAnalyses(sources);
  const analyses = cellAnalyses(fileAnalyses, notebooks, documentOf);
  const report = (error: unknown): void => connection.console.error(logText(String(error)));

  const publisher = publishDiagnostics(connection, documents, analyses);
  answerDocumentDiagnostics(connection, documents, analyses);
  const isOpen = (uri: string): boolean => files.get(uri) !== undefined;
  const workspace = answerWorkspaceDiagnostics(connection, { analyser, options, places, folders, isOpen });
  files.listen(connection);
  /** The models of open documents that rest on this one, as on the configuration that they are made with. */
  const modelsOver = async (uri: string): Promise<readonly ModelOutline[]> => {
    const path = places.pathOf(uri);
    const over = path === null ? [] : fileAnalyses.restingOn(path).filter((one) => one !== uri);
    const all = await Promise.all(over.map((one) => fileAnalyses.shown(one)));
    return all.flatMap((one) => one?.analysis.models ?? []);
  };
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const shown = await analyses.shown(uri);
    if (shown === null) return null;
    const { document, analysis } = shown;
    const offset = document.offsetAt(position);
    return hover(document, analysis, offset) ?? nameHover(document, await modelsOver(uri), offset);
  });
  connection.onCodeLens(async ({ textDocument }) => {
    const shown = await analyses.shown(textDocument.uri);
    return shown === null ? [] : codeLenses(shown.document, shown.analysis, runsChecks);
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const shown = await analyses.shown(textDocument.uri);
    if (shown === null) return [];
    const { document } = shown;
    const within = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return inlayHints(document, shown.analysis, within);
  });
  const explained = { analyser, documents, analyses, options, places, folders };
  registerExplain(connection, explained);
  registerCommands(connection, analyses, { ...explained, showsDocuments: () => showsDocuments });
  registerFileStatus(connection, documents, analyses);
  registerCodeActions(connection, {
    analyser,
    analyses,
    async jobOf(document) {
      const { uri } = document;
      const [read, place] = await Promise.all([options.of(uri), places.of(uri)]);
      return read && { file: uri, text: document.getText(), options: read, place };
    },
    async saying({ uri }, setting) {
      const place = await places.of(uri);
      return place && options.saying(uri, setting, place.root);
    },
    neighbours: neighboursOf({ documents, options, places }),
    mayBeWritten: async ({ uri }) => {
      const file = fileOf(uri);
      return file === null || mayBeWritten(file);
    },
    showsDisabled: () => showsDisabled,
  });

  let showsDisabled = false;
  let showsDocuments = false;
  let runsChecks = false;
  let refreshesLenses = false;
  let refreshesHints = false;
  let registersConfiguration = false;
  const refreshLenses = (): void => {
    if (refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(report);
    if (refreshesHints) connection.languages.inlayHint.refresh().catch(report);
  };
  const configurationChanged = (): void => {
    options.forget();
    analyses.forget();
    workspace.changed();
    publisher.publishAll();
    refreshLenses();
  };
  const renew = (uris: readonly string[]): void => {
    for (const uri of uris) {
      analyses.renew(uri);
      publisher.publish(uri);
    }
    if (uris.length > 0) refreshLenses();
  };
  const fileChanged = (uri: string): void => renew(analyses.restingOn(places.pathOf(uri) ?? ''));
  followEdits(files, { places, analyses, renew, report });
  files.onDidClose(() => workspace.changed());
  files.onDidSave(() => workspace.changed());
  connection.onDidChangeConfiguration(configurationChanged);
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const modules = changes.filter(({ uri }) => uri.endsWith('.py'));
    if (modules.length < changes.length) configurationChanged();
    // What has come or gone may change what any name means.
    const moved = modules.some(({ type }) => type !== FileChangeType.Changed);
    if (moved) places.moved();
    workspace.changed();
    if (moved) renew(documents.keys());
    else for (const { uri } of modules) fileChanged(uri);
  });
  return {
    begin(params) {
      const { capabilities } = params;
      options.begin(capabilities);
      publisher.begin(capabilities);
      showsDisabled = capabilities.textDocument?.codeAction?.disabledSupport === true;
      showsDocuments = capabilities.window?.showDocument?.support === true;
      runsChecks = hasCommands(params);
      refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
      refreshesHints = capabilities.workspace?.inlayHint?.refreshSupport === true;
      registersConfiguration = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      return {
        ...CAPABILITIES,
        ...commandCapabilities(params),
        ...hintCapabilities(params),
        ...pullCapabilities(params),
      };
    },
    follow() {
      if (!registersConfiguration) return;
      const section = { section: 'widthwise' };
      connection.client.register(DidChangeConfigurationNotification.type, section).catch(report);
    },
  };
}
