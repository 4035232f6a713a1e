import { readFileSync } from 'node:fs';

/** Of the kernel's counters, on every Linux there is. */
const TICK_MS = 10;

/** Processor time that a process has used so far, all its threads; null where the system does not say. */
export function processorMs(pid: number): number | null {
  try {
    // The name in parentheses may hold anything: what follows it is numbers.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system] = [Number(fields[11]), Number(fields[12])];
    return (user + system) * TICK_MS;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}
