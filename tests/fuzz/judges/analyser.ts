import type { Analyser } from '@widthwise/analysis';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { loadAnalyserFromDisk } from '../../../packages/server/src/sources/load-analyser.ts';

let [asked, longest] = [0, 0];

/** The analyser asks whether anybody waits for it: somebody does. */
function isUnwanted(): boolean {
  const now = threadMs();
  longest = Math.max(longest, now - asked);
  asked = now;
  return false;
}

/** One for all judges: the parser's runtime is one a process. */
export const analyser: Promise<Analyser> = loadAnalyserFromDisk(undefined, isUnwanted);

/** What a run of the analyser took of the processor, and the longest of it that nobody could have ended. */
export interface Measured<T> {
  readonly value: T;
  readonly cpuMs: number;
  readonly unheardMs: number;
}

/** By the time of the thread that analyses, since other processes take the clock's. */
export function measured<T>(work: () => T): Measured<T> {
  const before = threadMs();
  [asked, longest] = [before, 0];
  const value = work();
  isUnwanted();
  return { value, cpuMs: asked - before, unheardMs: longest };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
