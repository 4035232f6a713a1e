import { PassThrough } from 'node:stream';
import { ExplainModel, FileStatus, type FileStatusResult } from '@widthwise/protocol';
import {
  ApplyWorkspaceEditRequest,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  type CodeLens,
  CodeLensRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExecuteCommandRequest,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InlayHint,
  InlayHintRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShowDocumentRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver/node';
import { createServer } from '../src/lsp/server.ts';
import type { FileAnalyser } from '../src/sources/analyser/file-analyser.ts';
import { analyserInProcess } from './analyser-in-process.ts';

/** An editor that speaks LSP to a server in this process. */
export interface Editor {
  open(uri: string, text: string): Promise<readonly Diagnostic[]>;
  /** Replaces the whole text; answers the diagnostics of the new version. */
  type(uri: string, text: string): Promise<readonly Diagnostic[]>;
  hover(uri: string, text: string, at: string): Promise<string | null>;
  lenses(uri: string): Promise<readonly string[]>;
  /** Carries out the command of the lens with this title; answers what the server asked to be edited. */
  press(uri: string, title: string): Promise<readonly TextEdit[]>;
  /** The URIs of the documents that the server asked to be shown. */
  readonly shown: readonly string[];
  /** What can be pressed where this stands in the text. */
  actions(uri: string, at: string, context?: Partial<CodeActionContext>): Promise<readonly CodeAction[]>;
  /** What stands between the code of some lines, counted from 0. */
  inlayHints(uri: string, lines: { first: number; last: number }): Promise<readonly InlayHint[]>;
  explain(uri: string, className?: string): Promise<string>;
  status(uri: string): Promise<FileStatusResult>;
  readonly messages: readonly string[];
  /** All that was published of a document or another file, in order. */
  published(uri: string): readonly (readonly Diagnostic[])[];
  /** Tells the server that settings or files of configuration have changed. */
  configurationChanged(): Promise<void>;
  close(): void;
}

/**
 * @param settings what the editor has for the section `widthwise`, or that it refuses to say; without it the editor
 *   has no settings at all
 * @param supported what else the editor can do
 * @param initializationOptions by default those of an editor that has the commands of lenses
 */
export async function startEditor(
  settings?: object | 'refused',
  analyser: FileAnalyser = analyserInProcess(),
  supported: ClientCapabilities = {},
  initializationOptions: object = { commands: true },
): Promise<Editor> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, analyser);
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const messages: string[] = [];
  const shown: string[] = [];
  client.onRequest(ShowDocumentRequest.type, ({ uri }) => {
    shown.push(uri);
    return { success: true };
  });
  client.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
  client.onRequest(ConfigurationRequest.type, ({ items }) => {
    if (settings === 'refused') throw new Error('no settings for you');
    return items.map(() => settings ?? null);
  });
  client.listen();
  const capabilities: ClientCapabilities =
    settings === undefined ? supported : { workspace: { configuration: true }, ...supported };
  const params = { processId: null, rootUri: null, capabilities, initializationOptions };
  await client.sendRequest(InitializeRequest.type, params);
  await client.sendNotification(InitializedNotification.type, {});
  return { ...editing(client), messages, shown, close: () => client.dispose() };
}

function editing(client: ProtocolConnection): Omit<Editor, 'messages' | 'shown' | 'close'> {
  const versions = new Map<string, number>();
  const texts = new Map<string, string>();
  const awaited = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  const published: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[] = [];
  client.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    published.push({ uri, diagnostics });
    awaited.get(`${uri} ${version}`)?.(diagnostics);
  });
  const diagnosticsOf = (uri: string, version: number) =>
    new Promise<readonly Diagnostic[]>((resolve) => awaited.set(`${uri} ${version}`, resolve));
  return {
    async actions(uri, at, context = {}) {
      const before = (texts.get(uri) ?? '').split(at)[0]!.split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const diagnostics = [...(published.findLast((one) => one.uri === uri)?.diagnostics ?? [])];
      const answer = await client.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics, ...context },
      });
      return (answer ?? []) as CodeAction[];
    },
    async inlayHints(uri, { first, last }) {
      const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
      return (await client.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? [];
    },
    async open(uri, text) {
      texts.set(uri, text);
      versions.set(uri, 1);
      const diagnostics = diagnosticsOf(uri, 1);
      const textDocument = { uri, languageId: 'python', version: 1, text };
      await client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      return diagnostics;
    },
    async type(uri, text) {
      texts.set(uri, text);
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      const diagnostics = diagnosticsOf(uri, version);
      const change = { textDocument: { uri, version }, contentChanges: [{ text }] };
      await client.sendNotification(DidChangeTextDocumentNotification.type, change);
      return diagnostics;
    },
    async hover(uri, text, at) {
      const before = text.slice(0, text.indexOf(at)).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const answer: Hover | null = await client.sendRequest(HoverRequest.type, {
        textDocument: { uri },
        position,
      });
      return answer === null ? null : (answer.contents as { value: string }).value;
    },
    async lenses(uri) {
      const lenses: CodeLens[] | null = await client.sendRequest(CodeLensRequest.type, {
        textDocument: { uri },
      });
      return (lenses ?? []).map((lens) => lens.command?.title ?? '');
    },
    async press(uri, title) {
      const edits: TextEdit[] = [];
      client.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
        const changes = edit.documentChanges?.filter((change) => TextDocumentEdit.is(change)) ?? [];
        edits.push(...changes.flatMap((change) => change.edits as TextEdit[]));
        return { applied: true };
      });
      const lenses: CodeLens[] | null = await client.sendRequest(CodeLensRequest.type, {
        textDocument: { uri },
      });
      const command = lenses?.find((lens) => lens.command?.title === title)?.command;
      if (command === undefined) throw new Error(`no lens says ${title}`);
      await client.sendRequest(ExecuteCommandRequest.type, {
        command: command.command,
        arguments: command.arguments ?? [],
      });
      return edits;
    },
    async explain(uri, className) {
      const params = { uri, ...(className === undefined ? {} : { className }) };
      return (await client.sendRequest(ExplainModel, params)).markdown;
    },
    status: (uri) => client.sendRequest(FileStatus, { uri }),
    published: (uri) =>
      published.filter((message) => message.uri === uri).map(({ diagnostics }) => diagnostics),
    configurationChanged: () =>
      client.sendNotification(DidChangeConfigurationNotification.type, { settings: null }),
  };
}
