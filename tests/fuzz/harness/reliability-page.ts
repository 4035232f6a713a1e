import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Totals } from './tally.ts';

const PAGE = join(import.meta.dirname, '../../../docs/reliability.md');
const BEGIN = '<!-- totals: npm run fuzz -- --long -->';
const END = '<!-- end of totals -->';
const HEADER = [
  '| kind | tried | failed | CPU in ms: p50, p95, p99, max | RSS in MB | at |',
  '|---|---|---|---|---|---|',
];

/**
 * Writes the row of a run into the page; those of the other kinds stay.
 *
 * @param order the names of all kinds
 */
export function writeTotals(
  totals: Totals,
  { commits, order }: { readonly commits: readonly string[]; readonly order: readonly string[] },
): void {
  const page = readFileSync(PAGE, 'utf8');
  const rows = new Map(rowsIn(page)).set(totals.kind, rowOf(totals, commits));
  const table = [...HEADER, ...order.flatMap((kind) => rows.get(kind) ?? [])].join('\n');
  const [before, after] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
  writeFileSync(PAGE, `${before}\n\n${table}\n\n${after}`);
}

/** The kinds that the page has totals of. */
export function kindsOnPage(): readonly string[] {
  return rowsIn(readFileSync(PAGE, 'utf8')).map(([kind]) => kind);
}

function rowsIn(page: string): readonly (readonly [kind: string, row: string])[] {
  const table = page.slice(page.indexOf(BEGIN), page.indexOf(END));
  return table.split('\n').flatMap((row) => {
    const kind = /^\| ([a-z]+) \| \d/.exec(row)?.[1];
    return kind === undefined ? [] : [[kind, row] as const];
  });
}

function rowOf({ kind, tried, failed, cpuMs, rssMb }: Totals, commits: readonly string[]): string {
  const count = (number: number): string => number.toLocaleString('en-US');
  const failures = Object.entries(failed).map(([problem, times]) => `${count(times)} ${problem}`);
  const cpu = cpuMs === null ? '' : [cpuMs.p50, cpuMs.p95, cpuMs.p99, cpuMs.max].join(', ');
  return `| ${kind} | ${count(tried)} | ${failures.join(', ') || '0'} | ${cpu} | ${rssMb.end}, ${rssMb.most} | ${commits.join(', ')} |`;
}
