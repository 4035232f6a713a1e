/**
 * `npm run bench:growth`: how time and memory of a run grow with what it is asked; `--write` writes docs/performance.md.
 * `--engines wasm,reference` takes those alone.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { COMPARISON, costEstimate, type PlannedRun, train } from '@widthwise/core';
// @boundaries-ignore what is measured is a command's runs, without the command's threads
import { findEngine, requireEngine } from '../../../packages/server/src/lab/engines/engines.ts';
// @boundaries-ignore what is measured is a command's runs, without the command's threads
import { prepareExperiment } from '../../../packages/server/src/lab/experiments/prepare.ts';
import { writeBetween } from '../../support/write-between.ts';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');
const BEGIN = '<!-- measured: npm run bench:growth -- --write -->';
const END = '<!-- end of the growth -->';
const NARROW = 64;

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'wasm,onnx,reference' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});

interface Size {
  readonly width: number;
  readonly depth: number;
  readonly samples: number;
  readonly seeds: number;
}

const BASE: Size = { width: 256, depth: 3, samples: 64, seeds: 1 };
const AXES: Readonly<Record<string, readonly Size[]>> = {
  width: [128, 256, 512, 1024].map((width) => ({ ...BASE, width })),
  depth: [2, 4, 8, 16].map((depth) => ({ ...BASE, depth })),
  samples: [64, 128, 256, 512, 1024].map((samples) => ({ ...BASE, samples })),
  runs: [1, 2, 4, 8].map((seeds) => ({ ...BASE, seeds })),
};

/** Of ten steps under μP on one thread: seconds of the processor, the least of some rounds, and bytes as they are foretold. */
async function taken(engine: string, { width, depth, samples, seeds }: Size) {
  const asked = {
    widths: [NARROW, width],
    depth,
    seeds,
    data: `digits:${samples}`,
    parametrizations: ['mup'],
  };
  const { plan, dataset } = await prepareExperiment(COMPARISON, { ...asked, engine }, { cwd: process.cwd() });
  const runs: readonly PlannedRun[] = plan.filter((run) => run.width === width);
  const times = Array.from({ length: Number(values.rounds) }, () => {
    const before = process.cpuUsage();
    for (const { spec } of runs) for (const _ of train(spec, dataset, requireEngine(engine)));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return { seconds: Math.min(...times), bytes: costEstimate(runs, samples).peakBytes };
}

/** The exponent of a power law by least squares of logarithms. */
function exponentOf(points: readonly (readonly [size: number, value: number])[]): string {
  const logs = points.map(([size, value]) => [Math.log(size), Math.log(value)] as const);
  const mean = (at: 0 | 1): number => logs.reduce((sum, each) => sum + each[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const slope =
    logs.reduce((sum, [u, v]) => sum + (u - x) * (v - y), 0) /
    logs.reduce((sum, [u]) => sum + (u - x) ** 2, 0);
  return slope.toFixed(2).replace('-', '−');
}

const [load = 0] = loadavg();
const engines = values.engines.split(',').filter((each) => 'engine' in findEngine(each));
const lines: string[] = [];
for (const [axis, sizes] of Object.entries(AXES)) {
  for (const engine of engines) {
    const key = axis === 'runs' ? 'seeds' : (axis as keyof Size);
    const found = [];
    for (const size of sizes) found.push({ at: size[key], ...(await taken(engine, size)) });
    const seconds = found.map((each) => Number((1000 * each.seconds).toPrecision(3))).join(', ');
    const megabytes = found.map(({ bytes }) => (bytes / 1e6).toPrecision(2)).join(', ');
    lines.push(
      `| ${axis}: ${found.map(({ at }) => at).join(', ')} | ${engine} | ${seconds} | ${exponentOf(found.map((each) => [each.at, each.seconds]))} | ${megabytes} | ${exponentOf(found.map((each) => [each.at, each.bytes]))} |`,
    );
    process.stdout.write(`${lines.at(-1)}\n`);
  }
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const text = [
  `At ${commit}, on ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, load ${load.toFixed(1)} at the start: runs of ten steps under μP, at width ${BASE.width}, depth ${BASE.depth} and ${BASE.samples} samples but for what is varied, in a thread's own time, the least of ${values.rounds} rounds. Exponents are least squares of logarithms; memory is what is foretold of a run, before which a plan that does not fit is refused.`,
  '',
  '| varied | engine | ms | exponent | MB | exponent |',
  '|---|---|---|---|---|---|',
  ...lines,
].join('\n');
if (values.write) {
  writeBetween(PAGE, [BEGIN, END], text);
}
