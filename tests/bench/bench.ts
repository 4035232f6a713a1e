import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import process from 'node:process';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { loadAnalyserFromDisk } from '../../packages/server/src/sources/load-analyser.ts';
import { benchOptions, USAGE } from './bench-options.ts';
import { measureCorpus } from './corpus.ts';
import { interleaved } from './interleaved.ts';
import { type Measurements, measuredText, writePage } from './page.ts';
import { type CountingAnalyser, rowsOf } from './rows.ts';
import { measureStart } from './start.ts';

/** An analyser that keeps count. */
async function countingAnalyser(): Promise<CountingAnalyser> {
  let last = 0;
  const analyser = await loadAnalyserFromDisk((units) => {
    last = units;
  });
  return { analyser, units: () => last };
}

/** What the times depend on, the load of the last minute among it. */
function machine(): string {
  const [model = 'a processor without a name'] = cpus().map((cpu) => cpu.model.trim());
  const [load = 0] = loadavg();
  return `${model}, ${availableParallelism()} of its threads, ${platform()} ${arch()}, Node ${process.versions.node}, load ${load.toFixed(1)} at the start`;
}

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const { corpus, files, rounds, json, write } = options;
  const on = machine();
  const counting = await countingAnalyser();
  const measured: Measurements = {
    machine: on,
    rounds,
    rows: [...interleaved(rowsOf(counting), rounds), await measureStart(rounds)],
    corpus: corpus.length === 0 ? null : measureCorpus(corpus, files, await countingAnalyser()),
  };
  console.log(measuredText(measured));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(measured, null, 2)}\n`);
  if (write) writePage(measured);
}

await main();
