import { processorMs } from './processor-time.ts';

/** How many looks a limit is divided into. */
const LOOKS = 5;
/** Who waits for processors so much longer than it uses them is not waited for. */
const MOST_WAITING = 12;

/**
 * Calls `exceed` when a process has worked for longer than a limit: by its processor time where the system tells it, so
 * that a machine with other work to do makes nobody late; else, and where it does not work at all, by the clock.
 *
 * @returns how to give up waiting
 */
export function limitTime(pid: number, limitMs: number, exceed: () => void): () => void {
  const periodMs = limitMs / LOOKS;
  let looks = 0;
  let atFirst: number | null = null;
  const timer = setInterval(() => {
    looks++;
    const used = processorMs(pid);
    atFirst ??= used;
    // What was used before the first look is taken for one period.
    const worked = used === null || atFirst === null ? looks * periodMs : used - atFirst + periodMs;
    if (worked < limitMs && looks * periodMs < MOST_WAITING * limitMs) return;
    clearInterval(timer);
    exceed();
  }, periodMs);
  return () => clearInterval(timer);
}
