import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusMeasurement, Quantiles } from './corpus.ts';
import type { Measurement } from './interleaved.ts';

/** All that was measured, and on what. */
export interface Measurements {
  readonly machine: string;
  readonly commit: string;
  /** By which it is measured again. */
  readonly command: string;
  readonly rounds: number;
  readonly rows: readonly Measurement[];
  readonly corpus: CorpusMeasurement | null;
}

const PAGE = join(import.meta.dirname, '../../docs/performance.md');
const BEGIN = '<!-- measured: npm run bench -- --write -->';
const END = '<!-- end of what was measured -->';

/** Writes what was measured into the page, in place of what stood there. */
export function writePage(measured: Measurements): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
  writeFileSync(PAGE, `${before}\n\n${measuredText(measured)}\n\n${after}`);
}

/** The measurements as tables. */
export function measuredText({ machine, commit, command, rounds, rows, corpus }: Measurements): string {
  const each = rows.map(
    ({ name, medianMs, leastMs, units }) =>
      `| ${name} | ${ms(medianMs)} | ${ms(leastMs)} | ${units === null ? '' : count(units)} |`,
  );
  return [
    `\`${command}\` at ${commit}, on ${machine}; ${rounds} rounds, the rows taking turns.`,
    '',
    '| what | median, ms | least, ms | units of work |',
    '|---|---|---|---|',
    ...each,
    ...(corpus === null ? [] : ['', ...corpusText(corpus)]),
  ].join('\n');
}

function corpusText(corpus: CorpusMeasurement): readonly string[] {
  const { files, lines, filesPerSecond, over100Ms, cut, rssMb } = corpus;
  return [
    `${count(files)} model files of clones, ${count(lines)} lines, one after the other in one process: ${filesPerSecond.toFixed(1)} files a second, ${over100Ms} over 100 ms, ${cut} read in part as the work ends, ${Math.round(rssMb)} MB at the end.`,
    '',
    '| a file | p50 | p90 | p99 | most |',
    '|---|---|---|---|---|',
    `| CPU, ms | ${quantiles(corpus.ms, ms)} |`,
    `| a key in its middle, CPU in ms | ${quantiles(corpus.keys, ms)} |`,
    `| its longest slice, CPU in ms | ${quantiles(corpus.slices, ms)} |`,
    `| units of work | ${quantiles(corpus.units, count)} |`,
  ];
}

function quantiles({ p50, p90, p99, most }: Quantiles, text: (value: number) => string): string {
  return [p50, p90, p99, most].map(text).join(' | ');
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : count(value);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
