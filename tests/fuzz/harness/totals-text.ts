import type { Totals } from './tally.ts';

/** Whether a problem is one of time, which other work on the machine makes. */
export function isTimed(problem: string): boolean {
  return problem === 'slow' || problem === 'unheard';
}

/** How many inputs failed; what only took long counts where it is asked for. */
export function failures({ failed }: Totals, { slow }: { readonly slow: boolean }): number {
  return Object.entries(failed).reduce((sum, [kind, times]) => sum + (isTimed(kind) && !slow ? 0 : times), 0);
}

/** What was counted, on one line. */
export function totalsLine(totals: Totals): string {
  const { kind, tried, failed, cpuMs, rssMb, seconds } = totals;
  const counts = Object.entries(failed).map(([problem, times]) => `${times} ${problem}`);
  const cpu = cpuMs && `CPU ms p50 ${cpuMs.p50}, p95 ${cpuMs.p95}, p99 ${cpuMs.p99}, max ${cpuMs.max}`;
  const parts = [
    `${tried} tried`,
    counts.length === 0 ? '0 failed' : counts.join(', '),
    cpu,
    `RSS ${rssMb.end} MB, most ${rssMb.most}`,
    `${seconds} s`,
  ];
  return `${kind}: ${parts.filter((part) => part !== null).join(' · ')}`;
}
