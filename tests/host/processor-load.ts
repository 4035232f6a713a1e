import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How many processors a process and its threads keep busy, measured over a second. Linux only. */
export async function processorLoad(pid: number): Promise<number> {
  const before = processorSeconds(pid);
  await delay(1000);
  return processorSeconds(pid) - before;
}

/** The arguments a process was started with, separated by NUL; none of one that has ended meanwhile. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Processor time used so far, in seconds; the kernel counts hundredths. */
function processorSeconds(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(afterName[11]) + Number(afterName[12])) / 100;
}
