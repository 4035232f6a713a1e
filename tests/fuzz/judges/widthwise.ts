import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** How a command ended; `why` where it had to be ended. */
export interface Ended {
  readonly code: number | null;
  readonly why: 'hang' | 'abort' | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command of the checkout that the judges were bundled in. */
function command(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'packages/server/bin/widthwise.js');
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error('no built command above the judges');
  }
}

/** A gigabyte of heap is too much for any of this, and four of memory. */
const LIMITS = 'ulimit -v 4000000; exec "$0" "$@"';
const HEAP = '--max-old-space-size=320';

/** Starts the command where it cannot take the machine with it. */
export function startWidthwise(args: readonly string[], cwd: string): ChildProcess {
  const node = [HEAP, command(), ...args];
  return process.platform === 'win32'
    ? spawn(process.execPath, node, { cwd, stdio: 'pipe' })
    : spawn('/bin/sh', ['-c', LIMITS, process.execPath, ...node], { cwd, stdio: 'pipe' });
}

/** Runs the command to its end, or ends it. */
export function widthwise(
  args: readonly string[],
  { cwd, timeoutMs }: { readonly cwd: string; readonly timeoutMs: number },
): Promise<Ended> {
  const child = startWidthwise(args, cwd);
  let [stdout, stderr, hangs] = ['', '', false];
  child.stdout!.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin!.end();
  const timer = setTimeout(() => {
    hangs = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const died = signal !== null || (code ?? 0) > 128;
      resolve({ code, why: hangs ? 'hang' : died ? 'abort' : null, stdout, stderr });
    });
  });
}
