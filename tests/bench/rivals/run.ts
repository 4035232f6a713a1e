/**
 * `npm run bench:rivals`: Widthwise beside PyTorch, OpenBLAS, LAPACK, mup and what this processor can do, by turns; `--write`
 * writes docs/performance.md. `--python PYTHON` has PyTorch, mup and NumPy; without it they are put under `.cache/interop` once.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { interopPython } from '../../interop/python/interpreter.ts';
import { writeBetween } from '../../support/write-between.ts';
import { quantile } from '../interleaved.ts';
import { panelServer } from './first-point.ts';
import { PythonProcess } from './python-process.ts';
import { type Rivals, rivalsOf } from './rows.ts';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');
const BEGIN = '<!-- measured: npm run bench:rivals -- --write -->';
const END = '<!-- end of the rivals -->';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

interface Compared {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  /** Medians, in seconds, and that of the ratios of a round. */
  readonly oursSeconds: number;
  readonly theirsSeconds: number;
  readonly ratio: number;
  readonly wanted: number | null;
}

/** By turns, after one round that warms up. */
async function compared(all: readonly Rivals[], rounds: number): Promise<readonly Compared[]> {
  const times = all.map((): { ours: number; theirs: number }[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { ours, theirs }] of all.entries()) {
      const pair = { ours: await ours.seconds(), theirs: await theirs.seconds() };
      if (round > 0) times[at]?.push(pair);
    }
  }
  return all.map(({ what, ours, theirs, wanted }, at) => {
    const pairs = times[at] ?? [];
    const median = (of: (pair: (typeof pairs)[number]) => number): number =>
      quantile(
        pairs.map(of).sort((left, right) => left - right),
        0.5,
      );
    return {
      what,
      ours: ours.name,
      theirs: theirs.name,
      oursSeconds: median((pair) => pair.ours),
      theirsSeconds: median((pair) => pair.theirs),
      ratio: median((pair) => pair.theirs / pair.ours),
      wanted,
    };
  });
}

function rowText({ what, ours, theirs, oursSeconds, theirsSeconds, ratio, wanted }: Compared): string {
  const isMet = wanted === null ? '' : ratio >= wanted ? 'yes' : 'no';
  const aim = wanted === null ? '' : wanted.toFixed(2);
  return `| ${what} | ${ours}: ${duration(oursSeconds)} | ${theirs}: ${duration(theirsSeconds)} | ${ratio.toFixed(2)} | ${aim} | ${isMet} |`;
}

function duration(seconds: number): string {
  return seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toFixed(1)} s`;
}

const [load = 0] = loadavg();
const interpreter = interopPython(values.python);
const python = new PythonProcess(interpreter);
const name = await python.name();
const rounds = Number(values.rounds);
const panel = await panelServer();
const chosen = rivalsOf(python, interpreter, panel).filter(({ what }) => what.includes(values.only));
const rows = await compared(chosen, rounds);
python.end();
await panel.close();
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const on = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads, Node ${process.versions.node}, load ${load.toFixed(1)} at the start`;
const text = [
  `At ${commit}, on ${on}; ${name}. Medians of ${rounds} rounds in which the rows take turns; steps, products and eigenvalues of one thread, in its own time, whole commands by the clock. The ratio is how many times as fast the first is.`,
  '',
  '| what | Widthwise | beside | ratio | wanted | met |',
  '|---|---|---|---|---|---|',
  ...rows.map(rowText),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ commit, on, name, rounds, rows }, null, 2)}\n`);
if (values.write) {
  writeBetween(PAGE, [BEGIN, END], text);
}
