import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  ExperimentAdvanced,
  type ExperimentAdvancedParams,
  ExperimentEnded,
  type ExperimentId,
  type ExperimentState,
} from '@widthwise/protocol';
import {
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const CLI = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');

/** The built server in a process of its own, with a workspace folder that is thrown away. */
export interface ServerHandle {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  readonly folder: string;
  readonly folderUri: string;
  /** What the server told of comparisons, in order. */
  readonly advanced: ExperimentAdvancedParams[];
  /** How a comparison ended, as soon as the server says so. */
  endOf(experimentId: ExperimentId): Promise<ExperimentState>;
  /** Says shutdown and exit, and resolves with the exit code. */
  close(): Promise<number | null>;
}

/** Starts the server as an editor does; `said` goes before what `initialize` says of itself. */
export async function serverHandle(
  capabilities: InitializeParams['capabilities'] = {},
  said: Partial<InitializeParams> = {},
): Promise<ServerHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-protocol-'));
  const folderUri = pathToFileURL(folder).toString();
  const server = spawn(process.execPath, [CLI, 'serve', '--stdio'], { cwd: folder, stdio: 'pipe' });
  const exited = new Promise<number | null>((resolve) => server.once('exit', resolve));
  let stderr = '';
  server.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const advanced: ExperimentAdvancedParams[] = [];
  const ended = new Map<ExperimentId, ExperimentState>();
  const waiting = new Map<ExperimentId, (state: ExperimentState) => void>();
  connection.onNotification(ExperimentAdvanced, (params) => void advanced.push(params));
  connection.onNotification(ExperimentEnded, ({ experimentId, state }) => {
    ended.set(experimentId, state);
    waiting.get(experimentId)?.(state);
  });
  connection.listen();
  const died = exited.then((code) => {
    throw new Error(`the server ended with code ${code}: ${stderr}`);
  });
  const initialize = connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: folderUri,
    capabilities,
    workspaceFolders: [{ uri: folderUri, name: 'test' }],
    ...said,
  });
  const initialized = await Promise.race([initialize, died]);
  died.catch(() => {});
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    process: server,
    initialized,
    folder,
    folderUri,
    advanced,
    endOf: (experimentId) =>
      new Promise((resolve) => {
        const state = ended.get(experimentId);
        if (state === undefined) waiting.set(experimentId, resolve);
        else resolve(state);
      }),
    async close() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const code = await exited;
      await rm(folder, { recursive: true, force: true });
      if (stderr !== '') throw new Error(`the server wrote to its standard error: ${stderr}`);
      return code;
    },
  };
}
