import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { randomTransformer } from '@widthwise/analysis/testing/random-transformer';
import { classifyGraph } from '@widthwise/core';
import { sample } from 'fast-check';
import { interopPython } from '../python/interpreter.ts';
import { compare, type Measured, reportText } from './compare.ts';

const USAGE = `npm run truth:random -- [--count N] [--seed S] [--python PYTHON] [--measured FILE] [--json FILE]

Writes N random transformers near μP as code, trains them in PyTorch for three steps at four widths with three seeds, and
holds what the exponent calculus says of their graphs (the ones that the analysis reads back from this code in a unit test)
to the slopes: sizes and gradients at initialization, changes after each step.

--measured FILE  takes the slopes from FILE if it is there, else writes them to it
Exit 1 where a size or gradient is another, or a change is larger, than the calculus has it.`;

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string' },
    measured: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Nothing grows in them: behind a softmax that saturates, slopes are none of powers. */
function drawn() {
  const count = Number(options.count);
  return sample(randomTransformer('near μP'), { numRuns: 40 * count, seed: Number(options.seed) })
    .map((one) => ({ ...one, truth: classifyGraph(one.graph, { steps: 3 }) }))
    .filter(
      ({ truth: { regime, init } }) =>
        regime !== 'unstable' && [...init.values()].every((size) => size !== null),
    )
    .slice(0, count);
}

function measure(models: readonly { readonly source: string }[]): readonly Measured[] {
  const folder = path.resolve(import.meta.dirname, '../../../.cache/interop');
  const file = options.measured ?? path.join(folder, 'random-measured.json');
  if (options.measured === undefined || !existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const sources = path.join(folder, 'random-models.json');
    writeFileSync(sources, JSON.stringify(models.map(({ source }) => ({ source }))));
    const script = path.join(import.meta.dirname, 'measure_random.py');
    const { status } = spawnSync(interopPython(options.python), [script, sources, file], {
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${script} ended with ${status}`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Measured[];
}

function main(): number {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const models = drawn();
  const measured = measure(models);
  const compared = models.flatMap(({ truth }, at) => compare(truth, measured[at], at));
  console.log(reportText(compared));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ models, compared }, null, 1)}\n`);
  return compared.some(({ holds }) => !holds) ? 1 : 0;
}

process.exitCode = main();
