import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import process from 'node:process';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { compileLess } from '../../packages/server/src/sources/analyser/compiling.ts';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { loadAnalyserFromDisk } from '../../packages/server/src/sources/load-analyser.ts';
import { benchOptions, USAGE } from './bench-options.ts';
import { measureCorpus } from './corpus.ts';
import { interleaved } from './interleaved.ts';
import { type Measurements, measuredText, writePage } from './page.ts';
import { type CountingAnalyser, rowsOf } from './rows.ts';
import { Slices } from './slices.ts';
import { measureStart } from './start.ts';

/** An analyser that keeps count. */
async function countingAnalyser(): Promise<CountingAnalyser> {
  let last = 0;
  const slices = new Slices();
  const analyser = await loadAnalyserFromDisk(
    (units) => {
      last = units;
    },
    () => slices.look(),
  );
  return { analyser, units: () => last, slices };
}

/** What the times depend on, the load of the last minute among it. */
function machine(): string {
  const [model = 'a processor without a name'] = cpus().map((cpu) => cpu.model.trim());
  const [load = 0] = loadavg();
  return `${model}, ${availableParallelism()} of its threads, ${platform()} ${arch()}, Node ${process.versions.node}, load ${load.toFixed(1)} at the start`;
}

/** The commit that is measured, and whether anything beside it is. */
function commit(): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', '../../packages', '..') === '' ? '' : ' with changes';
  return `${git('rev-parse', '--short', 'HEAD')}${changed}`;
}

/** What was asked, without the names of folders, which are somebody's own. */
function command(args: readonly string[]): string {
  const told = args.map((arg, at) => (FOLDERS.has(args[at - 1] ?? '') ? 'PATH' : arg));
  return ['npm run bench --', ...told].join(' ');
}

const FOLDERS: ReadonlySet<string> = new Set(['--corpus', '--json']);

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const { corpus, files, rounds, json, write } = options;
  const on = machine();
  const measured: Measurements = {
    machine: on,
    commit: commit(),
    command: command(process.argv.slice(2)),
    rounds,
    rows: [...interleaved(await rowsOf(countingAnalyser), rounds), await measureStart(rounds)],
    corpus: corpus.length === 0 ? null : measureCorpus(corpus, files, await countingAnalyser()),
  };
  console.log(measuredText(measured));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(measured, null, 2)}\n`);
  if (write) writePage(measured);
}

compileLess();
await main();
