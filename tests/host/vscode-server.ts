import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { OwnedProcess } from './owned-process.ts';
import type { RunFolder } from './run-folder.ts';

const SERVER_FLAGS = [
  '--host',
  '127.0.0.1',
  '--without-connection-token',
  '--accept-server-license-terms',
  '--disable-telemetry',
  '--disable-experiments',
  // Without it a built workbench ignores the extension under development, silently.
  '--enable-smoke-test-driver',
];

/** VS Code's server on a free port of 127.0.0.1. */
export interface VsCodeServer {
  readonly authority: string;
  readonly output: string;
  /** Resolves when it is over, with its exit code. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether every folder is trusted, unasked. */
  readonly trusting?: boolean;
}

/** Starts VS Code's server in `folder` and resolves when it answers; it trusts every folder unless told otherwise. */
export async function startServer(
  serverMain: string,
  folder: RunFolder,
  { env = {}, trusting = true }: ServerOptions = {},
): Promise<VsCodeServer> {
  const authority = `127.0.0.1:${await freePort()}`;
  const port = authority.split(':')[1]!;
  const flags = [...SERVER_FLAGS, ...(trusting ? ['--disable-workspace-trust'] : [])];
  const args = [serverMain, ...flags, '--port', port, ...folderFlags(folder)];
  const server = new OwnedProcess(process.execPath, args, folder.environment(env));
  await answers(`http://${authority}/version`, server);
  return {
    authority,
    get output() {
      return server.output;
    },
    ended: server.ended,
    stop: () => server.stop(),
  };
}

/** Installs a packaged extension the way a user would. */
export async function installExtension(serverMain: string, folder: RunFolder, vsix: string): Promise<void> {
  const args = [
    serverMain,
    ...folderFlags(folder),
    '--accept-server-license-terms',
    '--install-extension',
    vsix,
  ];
  const install = new OwnedProcess(process.execPath, args, folder.environment());
  const code = await install.ended;
  const { output } = install;
  await install.stop();
  if (code !== 0) throw new Error(`installing ${vsix} failed with code ${code}:\n${output}`);
}

function folderFlags(folder: RunFolder): string[] {
  return [
    ...['--user-data-dir', folder.userData],
    ...['--extensions-dir', folder.extensions],
    ...['--server-data-dir', folder.serverData],
  ];
}

async function answers(url: string, server: OwnedProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (server.running && Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await delay(50);
  }
  const { output } = server;
  await server.stop();
  throw new Error(`VS Code's server did not answer at ${url}:\n${output}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
