import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Analysis, DEFAULT_OPTIONS } from '@widthwise/analysis';
import { randomMlp } from '@widthwise/analysis/testing/random-mlp';
import { randomTransformer } from '@widthwise/analysis/testing/random-transformer';
import {
  differing,
  mlpReadBack,
  type ReadBack,
  transformerReadBack,
} from '@widthwise/analysis/testing/read-back';
import { type Arbitrary, sample } from 'fast-check';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { loadAnalyserFromDisk } from '../../packages/server/src/sources/load-analyser.ts';

const USAGE = `npm run generated -- [--count N] [--seed S]

Writes N random models from exponents and graphs that are known, half of them MLPs and half transformers, and holds all that
the analysis reads of their code to what they were written from. The same seed draws the same models.

What is read otherwise is printed, and its code written to .cache/generated. Exit 1 where a value is wrong.`;

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const analyser = await loadAnalyserFromDisk();
const analyse = (source: string): Analysis =>
  analyser.analyse(source, { ...DEFAULT_OPTIONS, profile: 'mup' });

const FOLDER = path.resolve(import.meta.dirname, '../../.cache/generated');

interface Kind<Model> {
  readonly name: string;
  readonly drawn: Arbitrary<Model>;
  readonly readBack: (model: Model, analyse: (source: string) => Analysis) => readonly ReadBack[];
}

/** Reads `count` models of a kind and prints what was wrong and what was not read; answers whether any was wrong. */
function check<Model extends { readonly source: string }>(
  { name, drawn, readBack }: Kind<Model>,
  { count, seed }: { readonly count: number; readonly seed: number },
): boolean {
  const totals = { right: 0, wrong: 0, unread: 0 };
  for (const [at, model] of sample(drawn, { numRuns: count, seed }).entries()) {
    const all = readBack(model, analyse);
    const others = differing(all);
    const wrong = others.filter(({ read }) => read !== null);
    totals.right += all.length - others.length;
    totals.wrong += wrong.length;
    totals.unread += others.length - wrong.length;
    if (others.length === 0) continue;
    mkdirSync(FOLDER, { recursive: true });
    const file = path.join(FOLDER, `${name}-${seed}-${at}.py`);
    writeFileSync(file, model.source);
    const lines = others.map(({ what, written, read }) => `  ${what}: written ${written}, read ${read}`);
    console.log([path.relative(process.cwd(), file), ...lines].join('\n'));
  }
  console.log(`${count} ${name}s: ${totals.right} right, ${totals.wrong} wrong, ${totals.unread} not read`);
  return totals.wrong > 0;
}

function main(): number {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const [all, seed] = [Number(options.count), Number(options.seed)];
  if (!(Number.isSafeInteger(all) && all > 0 && Number.isSafeInteger(seed))) {
    console.error('--count and --seed are whole numbers');
    return 2;
  }
  const half = Math.ceil(all / 2);
  const mlps = check({ name: 'MLP', drawn: randomMlp, readBack: mlpReadBack }, { count: half, seed });
  const drawn = randomTransformer('any');
  const transformers = check(
    { name: 'transformer', drawn, readBack: transformerReadBack },
    { count: all - half, seed },
  );
  return mlps || transformers ? 1 : 0;
}

process.exitCode = main();
