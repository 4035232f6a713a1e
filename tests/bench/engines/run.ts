/** `npm run bench:engines`: how fast the engines train, beside what this machine can do; `--write` writes docs/performance.md. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeBetween } from '../../support/write-between.ts';
import { interleaved, type Measurement } from '../interleaved.ts';
import { engineRows, FUSED_PEAK, PEAK } from './rows.ts';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');
const BEGIN = '<!-- measured: npm run bench:engines -- --write -->';
const END = '<!-- end of the engines -->';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, write: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const [load = 0] = loadavg();
const rows = interleaved(await engineRows(), rounds);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads, Node ${process.versions.node}, load ${load.toFixed(1)}`;
const text = [
  `At ${commit}, on ${machine}; one thread, medians of ${rounds} rounds in which the rows take turns.`,
  '',
  '| what | GFLOP/s | of the peak | of the fused peak |',
  '|---|---|---|---|',
  ...rows.map(
    (row) =>
      `| ${row.name} | ${rate(row).toFixed(1)} | ${shareOf(row, PEAK)} | ${shareOf(row, FUSED_PEAK)} |`,
  ),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.write) {
  writeBetween(PAGE, [BEGIN, END], text);
}

function shareOf(row: Measurement, peak: string): string {
  const most = rate(rows.find(({ name }) => name === peak));
  return most === 0 ? '' : (rate(row) / most).toFixed(2);
}

/** In GFLOP a second of CPU. */
function rate(row: Measurement | undefined): number {
  return row === undefined ? 0 : (row.units ?? 0) / row.medianMs / 1e6;
}
