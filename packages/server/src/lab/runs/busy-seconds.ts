/** How fast runs are done: operations a second of all threads together, when all of them are busy. */
export interface Pace {
  readonly rate: number;
  readonly workers: number;
}

/** Seconds until the last of some runs has ended, where each thread that is free takes the longest one left. */
export function busySeconds(flops: readonly number[], { rate, workers }: Pace): number {
  const threads = Array.from({ length: workers }, () => 0);
  for (const each of flops.toSorted((one, other) => other - one)) {
    const free = threads.indexOf(Math.min(...threads));
    threads[free]! += each;
  }
  return (workers * Math.max(...threads)) / rate;
}
