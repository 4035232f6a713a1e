import { rm, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { exampleText } from '@widthwise/analysis/testing';
import { ExplainModel, FileStatus } from '@widthwise/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  createConnection,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { createServer } from '../server.ts';

const PLAIN = exampleText('plain-mlp');

let client: ProtocolConnection;
afterEach(() => client.dispose());

/** A server in this process, for an editor that says this of itself; what it asks of the editor, by method. */
async function serve(said: Partial<InitializeParams>): Promise<{ readonly asked: readonly string[] }> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, analyserInProcess());
  server.listen();
  client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const asked: string[] = [];
  client.onRequest(CodeLensRefreshRequest.type, () => void asked.push('refresh lenses'));
  client.onRequest(RegistrationRequest.type, ({ registrations }) => {
    asked.push(...registrations.map(({ method }) => `register ${method}`));
  });
  client.listen();
  await client.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: {},
    ...said,
  });
  await client.sendNotification(InitializedNotification.type, {});
  return { asked };
}

/** Comes back when the server has answered what came before. */
const answered = (): Promise<unknown> =>
  client.sendRequest(CodeLensRequest.type, { textDocument: { uri: 'untitled:none.py' } });

const changeConfiguration = (): Promise<void> =>
  client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });

describe('when the configuration changes', () => {
  test('lenses are made again in an editor that can do that, and in no other', async () => {
    const able = await serve({ capabilities: { workspace: { codeLens: { refreshSupport: true } } } });
    await changeConfiguration();
    await answered();
    expect(able.asked).toEqual(['refresh lenses']);
    client.dispose();
    const unable = await serve({});
    await changeConfiguration();
    await answered();
    expect(unable.asked).toEqual([]);
  });

  test('diagnostics are told again', async () => {
    await serve({});
    const told: string[] = [];
    let heard = (): void => {};
    client.onNotification(PublishDiagnosticsNotification.type, ({ uri }) => {
      told.push(uri);
      heard();
    });
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        heard = resolve;
      });
    const textDocument = { uri: 'untitled:model.py', languageId: 'python', version: 1, text: PLAIN };
    let coming = next();
    await client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    await coming;
    coming = next();
    await changeConfiguration();
    await coming;
    expect(told).toEqual(['untitled:model.py', 'untitled:model.py']);
  });

  test('the server hears of it where an editor wants to be asked', async () => {
    const { asked } = await serve({
      capabilities: { workspace: { didChangeConfiguration: { dynamicRegistration: true } } },
    });
    await answered();
    expect(asked).toContain('register workspace/didChangeConfiguration');
    client.dispose();
    const silent = await serve({});
    await answered();
    expect(silent.asked).toEqual([]);
  });
});

describe('Explain of a file that is not open', () => {
  test('reads it from a folder that is open, and from no other', async () => {
    const folder = await folderOf({ 'model.py': PLAIN });
    const elsewhere = await folderOf({ 'model.py': PLAIN });
    const uri = pathToFileURL(folder).href;
    await serve({ workspaceFolders: [{ uri, name: 'open' }] });
    const explain = (file: string) => client.sendRequest(ExplainModel, { uri: file });
    expect((await explain(`${uri}/model.py`)).markdown).toContain('# Regressor');
    await expect(explain(`${pathToFileURL(elsewhere).href}/model.py`)).rejects.toThrow(
      'neither open nor readable',
    );
    await expect(explain(uri)).rejects.toThrow('neither open nor readable');
  });

  test('says that there is no model, by name or at all', async () => {
    const uri = pathToFileURL(await folderOf({ 'model.py': 'x = 1\n' })).href;
    await serve({ workspaceFolders: [{ uri, name: 'open' }] });
    const explain = (className?: string) =>
      client.sendRequest(ExplainModel, { uri: `${uri}/model.py`, ...(className && { className }) });
    await expect(explain()).rejects.toThrow('model.py has no model that can be read');
    await expect(explain('Net')).rejects.toThrow('model.py has no model that can be read');
  });

  test('says why of a file that is not read', async () => {
    const text = `import torch\n${'x = 1\n'.repeat(400_000)}`;
    const uri = pathToFileURL(await folderOf({ 'model.py': text })).href;
    await serve({ workspaceFolders: [{ uri, name: 'open' }] });
    const explained = client.sendRequest(ExplainModel, { uri: `${uri}/model.py` });
    await expect(explained).rejects.toThrow('model.py is not read: 2.4 MB, more than the 2 MB that are read');
  });
});

const LAYERS = `from torch import nn
class Mlp(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, n)
    def forward(self, x):
        return self.fc(x)
`;

const NET = `from torch import nn
from layers import Mlp
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.emb = nn.Linear(10, n)
        self.mlp = Mlp(n)
        self.head = nn.Linear(n, 1)
    def forward(self, x):
        return self.head(self.mlp(self.emb(x)))
`;

describe('a file that imports another', () => {
  async function opened() {
    const uri = pathToFileURL(await folderOf({ 'net.py': NET, 'layers.py': LAYERS })).href;
    await serve({ workspaceFolders: [{ uri, name: 'open' }] });
    const told: string[] = [];
    client.onNotification(PublishDiagnosticsNotification.type, ({ uri: of }) => void told.push(of));
    const open = (name: string, text: string) =>
      client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: `${uri}/${name}`, languageId: 'python', version: 1, text },
      });
    const table = async () => (await client.sendRequest(ExplainModel, { uri: `${uri}/net.py` })).markdown;
    return { uri, told, open, table };
  }

  test('is analysed with that', async () => {
    const { open, table } = await opened();
    await open('net.py', NET);
    expect(await table()).toContain('mlp.fc.weight');
  });

  test('is analysed again when that is edited, as the editor has it', async () => {
    const { uri, told, open, table } = await opened();
    await open('net.py', NET);
    await open('layers.py', LAYERS);
    await table();
    await vi.waitFor(() => expect(told).toContain(`${uri}/net.py`));
    told.length = 0;
    await client.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: `${uri}/layers.py`, version: 2 },
      contentChanges: [{ text: LAYERS.replaceAll('fc', 'mid') }],
    });
    await vi.waitFor(async () => expect(await table()).toContain('mlp.mid.weight'));
    await vi.waitFor(() => expect(told).toContain(`${uri}/net.py`));
    await client.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: `${uri}/layers.py` },
    });
    expect(await table()).toContain('mlp.fc.weight');
  });

  test('is analysed again when that comes', async () => {
    const { uri, open, table } = await opened();
    await rm(fileURLToPath(`${uri}/layers.py`));
    await open('net.py', NET);
    expect(await table()).not.toContain('mlp.fc.weight');
    await writeFile(fileURLToPath(`${uri}/layers.py`), LAYERS);
    await client.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: `${uri}/layers.py`, type: FileChangeType.Created }],
    });
    expect(await table()).toContain('mlp.fc.weight');
  });
});

test('the field of a configuration in a file of its own says what it is to the models of the open files that import it', async () => {
  const config = 'from dataclasses import dataclass\n\n@dataclass\nclass Config:\n    inner: int = 256\n';
  const model = `from torch import nn
from config import Config

class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.up = nn.Linear(8, config.inner)
        self.mid = nn.Linear(config.inner, config.inner)
        self.down = nn.Linear(config.inner, 8)

    def forward(self, x):
        return self.down(self.mid(self.up(x).relu()).relu())
`;
  const root = await folderOf({ 'config.py': config, 'net.py': model });
  const uri = pathToFileURL(root).href;
  await serve({ workspaceFolders: [{ uri, name: 'open' }] });
  for (const [name, text] of [
    ['config.py', config],
    ['net.py', model],
  ] as const) {
    await client.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: `${uri}/${name}`, languageId: 'python', version: 1, text },
    });
  }
  await client.sendRequest(ExplainModel, { uri: `${uri}/net.py` });
  const hover = await client.sendRequest(HoverRequest.type, {
    textDocument: { uri: `${uri}/config.py` },
    position: { line: 4, character: 6 },
  });
  expect(JSON.stringify(hover?.contents)).toContain('**`inner`** · the width n of Net');
});

test.each([
  [FileStatus.method, {}, 'uri is missing'],
  [FileStatus.method, { uri: 3 }, 'uri: expected a text, got 3'],
  [ExplainModel.method, { uri: null }, 'uri: expected a text, got null'],
])('%s of %j is the fault of the client, and told as that', async (method, params, problem) => {
  await serve({});
  await expect(client.sendRequest(method, params)).rejects.toMatchObject({
    code: ErrorCodes.InvalidParams,
    message: `${method}: ${problem}`,
  });
});
