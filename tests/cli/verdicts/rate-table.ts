import type { ComparisonReport } from '@widthwise/core';

/** What `compare` says of SP and μP at one rate. */
export interface RateFinding {
  readonly activation: string;
  readonly rate: number;
  readonly report: ComparisonReport;
}

const COMPARED = ['sp', 'mup'];

/** A line for every rate, and for every activation the largest rate at which both train: none diverges, and every loss falls. */
export function rateTable(found: readonly RateFinding[]): {
  readonly lines: readonly string[];
  readonly largest: ReadonlyMap<string, number>;
} {
  const largest = new Map<string, number>();
  for (const { activation, rate, report } of found) {
    if (trains(report)) largest.set(activation, Math.max(rate, largest.get(activation) ?? 0));
  }
  return {
    lines: [
      '| activation | η | SP | μP | both train |',
      '|---|---:|---|---|---|',
      ...found.map(({ activation, rate, report }) => {
        const cells = COMPARED.map((name) => cellOf(report, name));
        return `| ${activation} | ${rate} | ${cells.join(' | ')} | ${trains(report) ? '✓' : '✗'} |`;
      }),
    ],
    largest,
  };
}

function trains({ rows }: ComparisonReport): boolean {
  return rows.every(({ state, loss: [first, last] }) => state === 'finished' && last! < first!);
}

/** `1.26 → 0.104, frozen, rich`: the losses at the widest width, or at how many widths some run diverges. */
function cellOf({ rows, verdicts }: ComparisonReport, name: string): string {
  const own = rows.filter(({ parametrization }) => parametrization === name);
  const widths = new Set(own.map(({ width }) => width));
  const diverging = new Set(own.filter(({ state }) => state === 'diverged').map(({ width }) => width));
  if (diverging.size > 0) return `diverges at ${diverging.size} of ${widths.size} widths`;
  const widest = own.filter(({ width }) => width === Math.max(...widths));
  const [first, last] = [0, 1].map((at) => geometricMean(widest.map(({ loss }) => loss[at]!)));
  const { motion, richness } = verdicts![name]!;
  return `${first!.toPrecision(3)} → ${last!.toPrecision(3)}, ${motion}, ${richness ?? 'richness open'}`;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
