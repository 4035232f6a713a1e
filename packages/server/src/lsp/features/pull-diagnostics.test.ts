import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { exampleText } from '@widthwise/analysis/testing';
import { afterEach, expect, test } from 'vitest';
import {
  type CancellationToken,
  CancellationTokenSource,
  createConnection,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { createServer } from '../server.ts';

const MUP = exampleText('pytorch-mlp');
const MENDED = MUP.replaceAll('std=0.02', 'std=width**-0.5');
const URI = 'untitled:model.py';

let client: ProtocolConnection;
afterEach(() => client.dispose());

/** An editor that asks for diagnostics, with a folder open or none. */
async function asking({ folder, options }: { folder?: string; options?: object } = {}): Promise<{
  readonly published: string[];
  readonly refreshed: string[];
  readonly capabilities: ServerCapabilities;
}> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, analyserInProcess());
  server.listen();
  client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: string[] = [];
  const refreshed: string[] = [];
  client.onNotification(PublishDiagnosticsNotification.type, ({ uri }) => void published.push(uri));
  client.onRequest(DiagnosticRefreshRequest.type, () => void refreshed.push('again'));
  client.listen();
  const { capabilities } = await client.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: folder === undefined ? null : pathToFileURL(folder).href,
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true } },
    },
    ...(options === undefined ? {} : { initializationOptions: options }),
  });
  await client.sendNotification(InitializedNotification.type, {});
  return { published, refreshed, capabilities };
}

const open = (uri: string, text: string): Promise<void> =>
  client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'python', version: 1, text },
  });

const ask = (uri: string, previousResultId?: string) =>
  client.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });

const askAll = (known: readonly WorkspaceDocumentDiagnosticReport[] = [], token?: CancellationToken) =>
  client.sendRequest(
    WorkspaceDiagnosticRequest.type,
    { previousResultIds: known.map(({ uri, resultId = '' }) => ({ uri, value: resultId })) },
    token,
  );

test('an editor that asks has what it asks for, and is sent nothing', async () => {
  const { published, capabilities } = await asking();
  expect(capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
  const folder = await folderOf({ 'widthwise.json': '{"profile": "mup"}' });
  const uri = pathToFileURL(join(folder, 'model.py')).href;
  await open(uri, MUP);
  const first = await ask(uri);
  expect(first).toMatchObject({ kind: 'full', items: [{ code: 'MUP101' }, { code: 'MUP101' }] });
  expect(await ask(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  await client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: MENDED }],
  });
  expect(await ask(uri, first.resultId)).toMatchObject({ kind: 'full', items: [] });
  expect(published).toEqual([]);
});

test('a document that is not open has none', async () => {
  await asking();
  expect(await ask(URI)).toMatchObject({ kind: 'full', items: [] });
});

test('an editor is told to ask again when the configuration changes', async () => {
  const { refreshed } = await asking();
  await client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await expect.poll(() => refreshed).toEqual(['again']);
});

test('an editor that wants nothing of files that are not open says so', async () => {
  const { capabilities } = await asking({ options: { workspaceDiagnostics: false } });
  expect(capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: false });
});

test('all files of a folder are answered for, then what has changed when it has', async () => {
  const folder = await folderOf({ 'widthwise.json': '{"profile": "mup"}', 'a.py': MUP, 'b.py': MENDED });
  await asking({ folder });
  const uri = pathToFileURL(join(folder, 'a.py')).href;
  const { items } = await askAll();
  expect(items).toMatchObject([{ uri, kind: 'full', items: [{ code: 'MUP101' }, { code: 'MUP101' }] }]);
  const later = askAll(items);
  await writeFile(join(folder, 'a.py'), MENDED);
  await client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri, type: FileChangeType.Changed }],
  });
  expect((await later).items).toEqual([{ uri, kind: 'full', items: [], version: null }]);
});

test('who waits goes on waiting where another one stops', async () => {
  const folder = await folderOf({ 'widthwise.json': '{"profile": "mup"}', 'a.py': MUP });
  await asking({ folder });
  const uri = pathToFileURL(join(folder, 'a.py')).href;
  const { items } = await askAll();
  const stopping = new CancellationTokenSource();
  const stopped = askAll(items, stopping.token);
  const later = askAll(items);
  stopping.cancel();
  await expect(stopped).rejects.toThrow();
  await writeFile(join(folder, 'a.py'), MENDED);
  await client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri, type: FileChangeType.Changed }],
  });
  expect((await later).items).toEqual([{ uri, kind: 'full', items: [], version: null }]);
});

test('what is open is asked for by itself, and what is the same is not told again', async () => {
  const folder = await folderOf({ 'widthwise.json': '{"profile": "mup"}', 'a.py': MUP, 'b.py': MUP });
  await asking({ folder });
  const [a, b] = ['a.py', 'b.py'].map((name) => pathToFileURL(join(folder, name)).href);
  const { items } = await askAll();
  await open(a!, MUP);
  await client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  const again = (await askAll(items)).items;
  expect(again.map(({ uri, kind }) => ({ uri, kind }))).toEqual([{ uri: b, kind: 'unchanged' }]);
});
