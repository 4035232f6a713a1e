/**
 * `npm run bench:cancels`: how long after it is called off an experiment has ended, at moments drawn at random; `--write` writes
 * docs/performance.md, `--times N` says how often each is called off.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { COMPARISON, type ComparisonParams } from '@widthwise/core';
import { rngFromSeed } from '@widthwise/core/theory';
// @boundaries-ignore what is measured is what a command waits for when it is interrupted
import { findEngine } from '../../../packages/server/src/lab/engines/engines.ts';
// @boundaries-ignore what is measured is what a command waits for when it is interrupted
import { prepareExperiment } from '../../../packages/server/src/lab/experiments/prepare.ts';
// @boundaries-ignore what is measured is what a command waits for when it is interrupted
import { executePlan } from '../../../packages/server/src/lab/runs/executor.ts';
// @boundaries-ignore what is measured is what a command waits for when it is interrupted
import { forgetfulStore } from '../../../packages/server/src/lab/store/forgetful-store.ts';
import { writeBetween } from '../../support/write-between.ts';
import { quantile } from '../interleaved.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = join(ROOT, 'docs/performance.md');
const BEGIN = '<!-- measured: npm run bench:cancels -- --write -->';
const END = '<!-- end of the cancels -->';
const WORKER = new URL('../../../packages/server/dist/run-worker.js', import.meta.url);
const ENGINES = ['wasm', 'onnx', 'reference'];
/** After so long at most, by when threads have started and train. */
const LATEST_MS = 1000;

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    times: { type: 'string', default: '50' },
  },
});

const PLANS: readonly { readonly name: string; readonly asked: Partial<ComparisonParams> }[] = [
  { name: 'the demo', asked: {} },
  {
    name: 'steps of half a second: width 2048, 256 samples',
    asked: { widths: [1024, 2048], data: 'digits:256' },
  },
];

/** Milliseconds from calling it off until nothing of it runs any more, ascending. */
async function waits(asked: Partial<ComparisonParams>, engine: string): Promise<readonly number[]> {
  const { plan, dataset } = await prepareExperiment(COMPARISON, { ...asked, engine }, { cwd: ROOT });
  const rng = rngFromSeed(0);
  const waited: number[] = [];
  // Wide networks first, as a command has them.
  while (waited.length < Number(values.times)) {
    const abort = new AbortController();
    const options = { dataset, store: forgetfulStore(), workerEntry: WORKER, signal: abort.signal };
    const ended = executePlan(plan, options);
    await setTimeout(rng.next() * LATEST_MS);
    const calledOffMs = performance.now();
    abort.abort();
    await ended;
    waited.push(performance.now() - calledOffMs);
  }
  return waited.sort((one, other) => one - other);
}

const [load = 0] = loadavg();
const lines: string[] = [];
for (const engine of ENGINES.filter((each) => 'engine' in findEngine(each))) {
  for (const { name, asked } of PLANS) {
    const waited = await waits(asked, engine);
    const [median, most] = [0.5, 1].map((share) => Math.round(quantile(waited, share)));
    lines.push(`| ${name} | ${engine} | ${median} | ${most} |`);
    process.stdout.write(`${lines.at(-1)}\n`);
  }
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const text = [
  `At ${commit}, on ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads, Node ${process.versions.node}, load ${load.toFixed(1)} at the start; each called off ${values.times} times, within a second of its start.`,
  '',
  '| experiment | engine | median, ms | most, ms |',
  '|---|---|---|---|',
  ...lines,
].join('\n');
if (values.write) {
  writeBetween(PAGE, [BEGIN, END], text);
}
