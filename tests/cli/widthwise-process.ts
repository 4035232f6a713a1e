import {
  type ChildProcessByStdio,
  type SpawnOptionsWithStdioTuple,
  type StdioNull,
  type StdioPipe,
  spawn,
} from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const BIN = fileURLToPath(new URL('../../packages/server/bin/widthwise.js', import.meta.url));

/** How a `widthwise` process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `widthwise` process, in a process group of its own. */
export interface Started {
  readonly ended: Promise<Ended>;
  /** Resolves once the store holds that many results, or the process has ended. */
  hasStored(count: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Closes the reading end of its standard output, as `head` does. */
  leave(): void;
  /** Whether anything of its group is still there. */
  leavesProcesses(): boolean;
}

/** An empty folder that goes when the test ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the built command in a folder and waits for its end. */
export function widthwise(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startWidthwise(cwd, args, env).ended;
}

/** Starts the built command in a folder, its store in the default place. */
export function startWidthwise(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  return started(cwd, spawn(process.execPath, [BIN, ...args], options(cwd, env)));
}

/** Runs a script of bash in a folder; in it, `widthwise` is the built command. */
export function bash(cwd: string, script: string): Promise<Ended> {
  const command = `widthwise() { "$NODE" "$BIN" "$@"; }\n${script}`;
  const child = spawn('bash', ['-c', command], options(cwd, { NODE: process.execPath, BIN }));
  return started(cwd, child).ended;
}

function options(
  cwd: string,
  env: NodeJS.ProcessEnv,
): SpawnOptionsWithStdioTuple<StdioNull, StdioPipe, StdioPipe> {
  // No folder can be made below a file: a test keeps nothing for the next, unless it says where.
  return {
    cwd,
    env: { ...process.env, WIDTHWISE_CACHE_DIR: BIN, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  };
}

function started(cwd: string, child: ChildProcessByStdio<null, Readable, Readable>): Started {
  let over = false;
  const ended = new Promise<Ended>((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      over = true;
      resolve({ code, signal, stdout, stderr });
    });
  });
  return {
    ended,
    hasStored: async (count) => {
      while (!over && (await storedHashes(cwd)).length < count) await sleep(5);
    },
    kill: (signal) => void child.kill(signal),
    leave: () => void child.stdout.destroy(),
    leavesProcesses: () => {
      try {
        return process.kill(-child.pid!, 0);
      } catch {
        return false;
      }
    },
  };
}

/** The hashes of the results in the default store of a folder. */
export async function storedHashes(cwd: string): Promise<string[]> {
  const names = await readdir(join(cwd, '.widthwise/store')).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}
