import { PassThrough } from 'node:stream';
import {
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  InitializeRequest,
  NotebookCellKind,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createServer } from '../src/lsp/server.ts';
import type { FileAnalyser } from '../src/sources/analyser/file-analyser.ts';
import { analyserInProcess } from './analyser-in-process.ts';

/** Python, or of the language that it says. */
export type NotebookCellText = string | { readonly languageId: string; readonly text: string };

export interface NotebookAsked {
  readonly uri?: string;
  readonly analyser?: FileAnalyser;
  /** What the editor has for the section `widthwise`. */
  readonly settings?: object;
}

/** An editor with a notebook open that speaks LSP to a server in this process. */
export interface NotebookEditor {
  readonly client: ProtocolConnection;
  cellUri(index: number): string;
  /** What it was told of each cell. */
  readonly told: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Until it was told of every cell again. */
  all(): Promise<void>;
  /** Replaces the text of a cell; the server may still be at work when this returns. */
  type(index: number, text: string): Promise<void>;
  /** What can be pressed where this stands in a cell. */
  actions(index: number, at: string, context?: Partial<CodeActionContext>): Promise<readonly CodeAction[]>;
  /** The cells after an action. */
  after(action: CodeAction | undefined): readonly string[];
}

/** Opens a notebook of these cells; every Python cell was told of when it answers. */
export async function openNotebook(
  given: readonly NotebookCellText[],
  { uri = 'file:///code/train.ipynb', settings, analyser = analyserInProcess() }: NotebookAsked = {},
): Promise<NotebookEditor> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, analyser);
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const cells = given.map((cell) => (typeof cell === 'string' ? { languageId: 'python', text: cell } : cell));
  const pythonCells = cells.filter(({ languageId }) => languageId === 'python').length;
  const texts = cells.map(({ text }) => text);
  const versions = cells.map(() => 1);
  const cellUri = (index: number): string =>
    `vscode-notebook-cell:${uri.replace(/^file:\/\//, '')}#W${index}`;
  const told = new Map<string, readonly Diagnostic[]>();
  let heard = (): void => {};
  client.onNotification(PublishDiagnosticsNotification.type, ({ uri: cell, diagnostics }) => {
    told.set(cell, diagnostics);
    if (told.size === pythonCells) heard();
  });
  client.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings ?? null));
  const all = (): Promise<void> => {
    told.clear();
    return new Promise((resolve) => {
      heard = resolve;
    });
  };
  client.listen();
  const capabilities = settings === undefined ? {} : { workspace: { configuration: true } };
  await client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities });
  const coming = all();
  await client.sendNotification(DidOpenNotebookDocumentNotification.type, {
    notebookDocument: {
      uri,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: cells.map((_, index) => ({ kind: NotebookCellKind.Code, document: cellUri(index) })),
    },
    cellTextDocuments: cells.map((cell, index) => ({ ...cell, uri: cellUri(index), version: 1 })),
  });
  await coming;
  return {
    client,
    cellUri,
    told,
    all,
    async type(index, text) {
      texts[index] = text;
      versions[index]! += 1;
      const document = { uri: cellUri(index), version: versions[index]! };
      await client.sendNotification(DidChangeNotebookDocumentNotification.type, {
        notebookDocument: { uri, version: versions.reduce((sum, one) => sum + one) },
        change: { cells: { textContent: [{ document, changes: [{ text }] }] } },
      });
    },
    async actions(index, at, context = {}) {
      const before = texts[index]!.slice(0, texts[index]!.indexOf(at)).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)!.length };
      const answer = await client.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: cellUri(index) },
        range: { start: position, end: position },
        context: { diagnostics: [...(told.get(cellUri(index)) ?? [])], ...context },
      });
      return (answer ?? []) as CodeAction[];
    },
    after(action) {
      const changes = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
      return texts.map((text, index) => {
        const own = changes.find(({ textDocument }) => textDocument.uri === cellUri(index));
        if (own === undefined) return text;
        if (own.textDocument.version !== versions[index])
          throw new Error(`cell ${index} has another version`);
        const document = TextDocument.create(cellUri(index), 'python', 1, text);
        return TextDocument.applyEdits(document, own.edits as never);
      });
    },
  };
}
