import process from 'node:process';

/** Something that is measured over and over. */
export interface Row {
  readonly name: string;
  /** Does it once; answers how many units of work it took, where it counts them. */
  run(): number | null;
}

/** What a row took. */
export interface Measurement {
  readonly name: string;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly units: number | null;
}

/** Measures rows by turns, after one round that warms up: what else the machine does meets all of them alike. */
export function interleaved(rows: readonly Row[], rounds: number): readonly Measurement[] {
  const times = rows.map((): number[] => []);
  const units: (number | null)[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [at, row] of rows.entries()) {
      const before = process.cpuUsage();
      units[at] = row.run();
      const ms = process.cpuUsage(before).user / 1000;
      if (round > 0) times[at]?.push(ms);
    }
  }
  return rows.map(({ name }, at) => {
    const sorted = [...(times[at] ?? [])].sort((left, right) => left - right);
    return {
      name,
      medianMs: quantile(sorted, 0.5),
      leastMs: quantile(sorted, 0),
      units: units[at] ?? null,
    };
  });
}

/** The value below which this share of some sorted ones lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
