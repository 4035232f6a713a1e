import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import process from 'node:process';
import { Worker } from 'node:worker_threads';

/** Where an analyser process reads, beside its orders, the number of the one that nobody wants any more, a line each. */
export const UNWANTED_FD = 4;

const MOST_BYTES = 256;

/**
 * Whether nobody wants an order any more, by its number: asked while a text is analysed, when no event is heard. On
 * Windows, where who reads a pipe waits for it, it is not heard before the text is done.
 */
export function hearUnwanted(): (order: number) => boolean {
  const bytes = Buffer.alloc(MOST_BYTES);
  let [begun, unwanted] = ['', 0];
  const hear = (words: string): void => {
    const lines = (begun + words).split('\n');
    begun = lines.pop() ?? '';
    unwanted = Number(lines.at(-1) ?? unwanted);
  };
  // Where there is a socket, nobody who reads waits.
  const told = new Socket({ fd: UNWANTED_FD, readable: true, writable: false });
  told
    .setEncoding('utf8')
    .on('data', hear)
    .on('error', () => {})
    .unref();
  return (order) => {
    // Once it is closed, the number stands for another file.
    if (process.platform !== 'win32' && !told.destroyed) hear(readNow(bytes));
    return unwanted === order;
  };
}

function readNow(bytes: Buffer): string {
  try {
    return bytes.toString('utf8', 0, readSync(UNWANTED_FD, bytes));
  } catch {
    // There is nothing to read.
    return '';
  }
}

const WATCH = `
  const { workerData: parent } = require('node:worker_threads');
  const look = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  setInterval(look, 1000);
`;

/** Who ends sooner does not pay for it. */
const STARTS_AFTER_MS = 1000;

/** While a text is analysed no event is heard, not even that the parent was killed. A thread of its own looks for it. */
export function watchParent(): void {
  const start = () => new Worker(WATCH, { eval: true, workerData: process.ppid, execArgv: [] }).unref();
  setTimeout(start, STARTS_AFTER_MS).unref();
}
