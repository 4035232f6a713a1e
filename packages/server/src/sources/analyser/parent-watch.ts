import process from 'node:process';
import { Worker } from 'node:worker_threads';

/** Where an analyser process reads, beside its orders, the number of the one that nobody wants any more, a line each. */
export const UNWANTED_FD = 4;

const WATCH = `
  const { workerData: { parent, fd, unwanted } } = require('node:worker_threads');
  const { Socket } = require('node:net');
  const look = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  setInterval(look, 1000);
  let begun = '';
  const told = new Socket({ fd, readable: true, writable: false }).setEncoding('utf8');
  told.on('error', () => {}).on('data', (words) => {
    const lines = (begun + words).split('\\n');
    begun = lines.pop();
    if (lines.length > 0) Atomics.store(unwanted, 0, Number(lines.at(-1)));
  });
`;

/**
 * While a text is analysed no event is heard, neither that nobody wants it any more nor that the parent was killed. A
 * thread of its own hears both, and ends the process without a parent.
 *
 * @returns whether nobody wants an order any more, by its number
 */
export function watchParent(): (order: number) => boolean {
  const unwanted = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData = { parent: process.ppid, fd: UNWANTED_FD, unwanted };
  new Worker(WATCH, { eval: true, workerData, execArgv: [] }).unref();
  return (order) => Atomics.load(unwanted, 0) === order;
}
