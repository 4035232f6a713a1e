import { constants } from 'node:os';
import process from 'node:process';

/**
 * Ctrl-C and `kill`, heard at any moment. They end the process at once, as they do by default, whatever it computes:
 * only while there is something to keep, the first of them is a request to stop, and the next one ends it.
 */
export interface Interruption {
  /** Aborted once somebody asked to stop. */
  readonly signal: AbortSignal;
  /** What shells say of a process that was stopped like this: 130 after Ctrl-C, 143 after `kill`. */
  exitCode(): number;
  /** Work that has something to keep. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

const REQUESTS = ['SIGINT', 'SIGTERM'] as const;

/** The signals that reach this process. */
export function processInterruption(): Interruption {
  const abort = new AbortController();
  let received: (typeof REQUESTS)[number] = 'SIGINT';
  let works = 0;
  const leave = (): void => {
    for (const name of REQUESTS) process.off(name, hear);
  };
  const hear = (name: (typeof REQUESTS)[number]): void => {
    // Without a listener the next one ends the process.
    leave();
    received = name;
    abort.abort();
  };
  return {
    signal: abort.signal,
    exitCode: () => 128 + constants.signals[received],
    async during(work) {
      if (abort.signal.aborted) return work();
      // Many files may be written at once: one listener hears for all.
      if (works++ === 0) for (const name of REQUESTS) process.on(name, hear);
      try {
        return await work();
      } finally {
        if (--works === 0) leave();
      }
    },
  };
}
